"""The actors of the report, recognised by what its own list says of them."""

import json
from pathlib import Path

from actors.actions.identity import remember, tell_apart
from actors.likeness import Verdict
from actors.models import Actor, Distinction, NameDecision, Organisation, Person
from actors.resemblance import Wanted, alike, resembling
from directory.actions.withdrawal import withdraw_person
from tests.directory.report import LoadedReport
from workshops.actions.rosters import open_roster
from workshops.models import Workshop
from workshops.reading.roster import matches_of
from workshops.roster import read_roster


class RecognisingTests(LoadedReport):
    def test_each_actor_is_recognised_by_its_own_name(self):
        actors = list(Organisation.objects.filter(is_named=True)) + list(Person.objects.all())
        matches = resembling([Wanted(actor.kind, actor.name) for actor in actors])
        wrong = [
            actor.name
            for actor, match in zip(actors, matches, strict=True)
            if match.verdict < Verdict.PROBABLE or match.proposed.pk != actor.pk
        ]
        assert wrong == []

    def test_the_list_of_the_report_is_recognised_to_the_last_name(self):
        """All 23 people and every organisation of the list, whatever way it writes them; nobody is asked anything."""
        rows = Path("tests/data/report/participants.jsonl").read_text(encoding="utf-8").splitlines()
        text = "\n".join(json.loads(row)["raw_line"] for row in rows)
        workshop = Workshop.objects.get()
        roster = open_roster(workshop=workshop, entries=read_roster(text), user=None)
        matches = matches_of(roster, list(roster.lines.order_by("position")))
        assert [known.match.verdict for known in matches.people] == [Verdict.SAME] * 23
        unsure = [k.wanted.name for k in matches.organisations.values() if k.match.verdict != Verdict.SAME]
        assert unsure == []

    def test_other_bodies_of_the_same_place_are_never_proposed(self):
        for name in (
            "CIAS de Clermont-Ferrand",
            "Préfecture du Puy-de-Dôme",
            "Conseil régional du Puy-de-Dôme",
            "Commune du Mont-Dore",
        ):
            (match,) = resembling([Wanted("organisation", name)])
            assert match.proposed is None, (name, match.candidates[0])

    def test_no_two_of_the_report_are_taken_for_one(self):
        pairs = alike(Actor.objects.values_list("pk", flat=True))
        assert [(a.name, c.actor.name) for a, c in pairs if c.verdict >= Verdict.PROBABLE] == []

    def test_who_withdraws_is_recognised_no_more(self):
        person = Person.objects.get(name="Christian Paul")
        remember(wanted=Wanted("person", "C. Paul", organisation="La chaire"), is_actor=person)
        tell_apart(one=person, other=Person.objects.exclude(pk=person.pk).first())
        withdraw_person(person=person)
        assert not NameDecision.objects.exists() and not Distinction.objects.exists()
        assert resembling([Wanted("person", "C. Paul", organisation="La chaire")])[0].candidates == ()
