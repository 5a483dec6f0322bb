"""The workshop of the report: who was there, what was found and recommended, entity by entity."""

from actors.models import Basis, Source
from ecosystems.models import Ecosystem
from workshops.models import (
    Attendance,
    Bearing,
    Finding,
    FindingLink,
    FollowUp,
    Progress,
    Recommendation,
    RecommendationAnswer,
    Theme,
    Workshop,
)

from .report import FACTS, PARTICIPANTS, LoadedReport, basis, pages, same

COUNTS = FACTS["_comptes"]
LEVELS = {"inter-organisationnel": "between", "organisationnel": "within", "non précisé": "unspecified"}
MODALITIES = {
    "affirmé": "asserted", "nuancé": "nuanced", "critique rapportée": "criticism", "condition": "condition",
    "intuition": "intuition", "exemple": "example", "question ouverte": "question",
}  # fmt: skip
KINDS = {
    "freins": "frein", "moteurs": "moteur", "conditions": "condition", "ingredients": "ingredient",
    "besoins": "besoin", "questions_ouvertes": "question", "representations": "representation",
}  # fmt: skip
# Three openings are said so that they stand alone: the reading begins them by a word that points to the one before.
OPENING = {"OU4": ("Cela peut", "Activer ces leviers peut"), "OU8": ("En tirer", "Tirer")}


class Gathering:
    def setUp(self):
        self.workshop = Workshop.objects.get()

    def test_when_where_and_by_whom(self):
        event = FACTS["evenement"]
        assert (str(self.workshop.date), self.workshop.half_day, self.workshop.state) == (
            event["date"], "morning", "published",
        )  # fmt: skip
        assert same(self.workshop.title) == same(event["titre"])
        assert self.workshop.place.name == event["lieu"]["ville"]
        assert same(self.workshop.perimeter) == same(event["territoire"]["intitule"])
        assert [territory.name for territory in self.workshop.territories.all()] == ["Clermont-Ferrand"]
        assert self.workshop.programme.slug == self.slugs["PG1"]
        assert (self.workshop.source, self.workshop.source.page_count) == (Source.objects.get(), 5)
        assert "non indiquée" in self.workshop.source.licence

    def test_five_sessions(self):
        sessions = list(self.workshop.sessions.order_by("order"))
        assert [same(session.title) for session in sessions] == [
            same(fact["nom"]) for fact in FACTS["sessions"]
        ]
        assert [session.pages for session in sessions] == [pages(fact) for fact in FACTS["sessions"]]
        assert [session.parallel_to for session in sessions] == [None, None, sessions[3], sessions[2], None]

    def test_who_was_there_as_listed(self):
        rows = list(Attendance.objects.select_related("person"))
        assert [row.position for row in rows] == list(range(1, 24))
        for row, fact in zip(rows, PARTICIPANTS, strict=True):
            assert f"- {row.listed_line}" == fact["raw_line"]
            assert row.listed_role == (fact["role"] or "")
            assert row.person.slug == self.slugs[fact["id"]]
            assert row.status == fact["status"]
            assert fact["page"] in row.pages
            assert row.capacities.count() == len(fact["affiliations"])
            assert set(row.capacities.all()) == set(row.person.memberships.all())

    def test_organisers_and_speakers(self):
        parts = FACTS["personnes"]["role_dans_evenement"]
        organisers = Attendance.objects.organisers()
        assert {row.person.name for row in organisers} == set(parts["organisation"])
        assert {row.organiser_basis for row in organisers} == {Basis.DEDUCED}
        speakers = Attendance.objects.exclude(session_role="")
        assert {row.person.name for row in speakers} == set(parts["ouverture"])
        assert {row.session.title for row in speakers} == {"Ouverture"}

    def test_the_ecosystem_gathers_it(self):
        ecosystem = Ecosystem.objects.get()
        assert ecosystem.name == "Clermont-Ferrand et territoires proches"
        assert list(ecosystem.workshops.all()) == [self.workshop]
        assert ecosystem.territories.count() == 7
        left_out = {self.slugs["O28"], self.slugs["O29"]}  # nobody knows where they are
        assert ecosystem.actors.count() == 29 + 23 - len(left_out)
        assert not ecosystem.actors.filter(slug__in=left_out).exists()


class Findings:
    def finding(self, code: str) -> Finding:
        return Finding.objects.get(code=code)

    def test_counts(self):
        for name, kind in KINDS.items():
            assert Finding.objects.of_kind(kind).count() == COUNTS[name] == len(FACTS[name]), kind
        assert Finding.objects.count() == sum(COUNTS[name] for name in KINDS) + 3 + 5 + 3

    def test_each_statement_with_its_strength_level_and_pages(self):
        for name, kind in KINDS.items():
            for fact in FACTS[name]:
                finding = self.finding(fact["id"])
                assert (finding.kind, finding.pages) == (kind, pages(fact)), fact["id"]
                assert finding.level == LEVELS[fact.get("niveau", "non précisé")]
                assert finding.level_basis == basis(fact.get("niveau_base"))
                if "modalite" in fact:
                    assert finding.modality == MODALITIES[fact["modalite"]]
                if "texte" in fact:
                    assert same(finding.statement) == same(fact["texte"])
                if kind != "besoin":
                    assert finding.kind_basis == basis(fact.get("classement_base")), fact["id"]
                    assert finding.session.order == 1 + [s["id"] for s in FACTS["sessions"]].index(
                        fact["session"]
                    )
                    assert finding.voice == "participants"
                part_of = finding.part_of.code if finding.part_of else None
                if "ingredient" in fact or kind == "frein":
                    assert part_of == fact.get("ingredient")
                assert {actor.slug for actor in finding.actors.all()} == {
                    self.slugs[mark] for mark in fact.get("organisations", [])
                }

    def test_ingredients_with_points_and_experiences(self):
        for fact in FACTS["ingredients"]:
            finding = self.finding(fact["id"])
            assert same(finding.title) == same(fact["titre"])
            points = [
                point.replace("(la graine hésite)", "(le compte rendu hésite entre les deux)")
                for point in fact["points"]
            ]
            assert [same(point) for point in finding.points] == [same(point) for point in points]
            assert {row.slug for row in finding.initiatives.all()} == {
                self.slugs[mark] for mark in fact.get("experiences", [])
            }
            assert {part.code for part in finding.parts.of_kind("question")} == set(
                fact.get("questions_ouvertes", [])
            )
        for fact in FACTS["initiatives"]:
            marks = fact.get("ingredient", [])
            told = Finding.objects.of_kind("ingredient").filter(initiatives__slug=self.slugs[fact["id"]])
            assert {row.code for row in told} == set(marks if isinstance(marks, list) else [marks])

    def test_representations(self):
        for fact in FACTS["representations"]:
            finding = self.finding(fact["id"])
            assert same(finding.title) == same(fact["nom"])
            assert same(finding.statement) == same(fact["met_en_lumiere"])
            [point] = finding.points
            assert same(point).endswith(same(fact.get("nuance") or fact["exemple"]))

    def test_needs_say_for_whom_and_how_we_know(self):
        for fact in FACTS["besoins"]:
            finding = self.finding(fact["id"])
            assert finding.basis == finding.kind_basis == basis(fact["base"])
            expected = "" if fact["qui"].startswith("non précisé") else same(fact["qui"])
            assert same(finding.concerns) == expected
            read_in = {link.to_finding.code for link in finding.links_out.filter(kind="repeats")}
            read_in |= {mark for mark, slug in self.slugs.items()
                        if mark.startswith("RC") and finding.recommendations.filter(slug=slug).exists()}  # fmt: skip
            assert read_in == set(fact["enonces"]) - {"X4"}  # X4 is B1 itself, told once
        assert self.finding("B1").voice == "unspecified"

    def test_what_the_introduction_found(self):
        for fact in FACTS["exercice_ecosysteme"][:3]:
            finding = self.finding(fact["id"])
            assert (finding.kind, same(finding.statement)) == ("constat", same(fact["texte"]))
            assert finding.voice == {"X1": "some", "X2": "author", "X3": "author"}[fact["id"]]
        assert [actor.slug for actor in self.finding("X2").actors.all()] == [self.slugs["O13"]]

    def test_what_was_said_at_the_opening_and_by_whom(self):
        speech, objectives = FACTS["interventions_nommees"][0], FACTS["programme"]["objectifs"]
        said = [(text, speech["personne"]) for text in speech["points"]]
        said += [(fact["texte"], fact["voix"]) for fact in objectives]
        for number, (text, speaker) in enumerate(said, 1):
            finding = self.finding(f"OU{number}")
            assert same(finding.statement) == same(text.replace(*OPENING.get(finding.code, ("", ""))))
            assert (finding.voice, finding.voice_person.name) == ("person", speaker)
        assert Finding.objects.filter(voice="person").count() == len(said) == 8

    def test_a_quotation_only_where_the_report_quotes(self):
        [finding] = Finding.objects.exclude(quotation="")
        [fact] = [fact for fact in FACTS["freins"] if "citation" in fact]
        assert (finding.code, same(finding.quotation)) == (fact["id"], same(fact["citation"]))

    def test_tensions(self):
        links = FindingLink.objects.filter(kind="tension")
        told = {
            (row.from_finding.code, row.to_finding.code, row.basis, tuple(row.pages), same(row.statement))
            for row in links
        }
        assert len(told) == COUNTS["tensions"] == 7
        assert told == {
            (
                *(mark.replace("S0", "OU4") for mark in fact["entre"]),
                basis(fact.get("base")),
                tuple(pages(fact)),
                same(fact["texte"]),
            )
            for fact in FACTS["tensions"]
        }

    def test_answers_and_counterexample(self):
        links = FindingLink.objects.exclude(kind__in=["tension", "repeats"])
        assert {(row.from_finding.code, row.kind, row.to_finding.code, row.basis) for row in links} == {
            ("B1", "answers", "F01", "deduced"), ("I3", "answers", "Q3", "stated"),
            ("I4", "counterexample", "F15", "stated"), ("I4", "nuances", "R1", "deduced"),
        }  # fmt: skip
        common = FindingLink.objects.filter(kind="repeats", to_finding__code="CO1")
        assert {row.from_finding.code for row in common} == {"I1", "I2", "I6", "B2"}

    def test_themes_let_one_see_what_recurs(self):
        for slug, sessions in {
            "ville-et-campagne": {1, 2, 5}, "langage-commun": {3, 4, 5}, "legitimite": {3, 4, 5},
            "lourdeur-et-agilite": {3, 4},
        }.items():  # fmt: skip
            theme = Theme.objects.get(slug=slug)
            orders = theme.findings.filter(session__isnull=False).values_list("session__order", flat=True)
            assert set(orders) == sessions, slug
        assert not Theme.objects.filter(competences__isnull=True).exists()
        assert not Theme.objects.filter(findings__isnull=True).exists()
        assert set(Finding.objects.filter(themes__isnull=True).values_list("code", flat=True)) == {"OU8"}


class Recommendations:
    def test_three_with_their_parts_and_inspirations(self):
        whole = Recommendation.objects.whole()
        assert whole.count() == COUNTS["recommandations"] == 3
        for fact in FACTS["recommandations"]:
            row = whole.get(slug=self.slugs[fact["id"]])
            assert (same(row.title), row.pages) == (same(fact["titre"]), [fact["page"]])
            assert [same(part.title) for part in row.parts.order_by("position")] == [
                same(text) for text in fact["sous_recommandations"]
            ]
            assert [same(text) for text in row.inspirations] == [
                same(text) for text in fact.get("inspirations", [])
            ]
            assert {question.code for question in row.questions.all()} == set(
                fact.get("questions_ouvertes", [])
            )
            assert (row.voice_note, row.due_on) == (fact["voix"], fact["echeance"])

    def test_what_they_answer_and_how_we_know(self):
        marks = {slug: mark for mark, slug in self.slugs.items()}
        rows = RecommendationAnswer.objects.select_related("recommendation", "finding")
        assert {(marks[row.recommendation.slug], row.finding.code, row.basis) for row in rows} == {
            ("RC1", "F01", "deduced"), ("RC1", "B7", "deduced"), ("RC2", "F18", "stated"), ("RC2", "B5", "deduced"),
            ("RC3", "F19", "stated"), ("RC3", "B6", "deduced"),
        }  # fmt: skip

    def test_nobody_bears_them_and_nothing_is_known_of_them(self):
        assert not FollowUp.objects.exists()
        for row in Recommendation.objects.with_state():
            assert (row.bearing, row.bearer_id, row.progress) == (Bearing.NOBODY, None, Progress.UNKNOWN)


class TestWorkshopOfTheReport(Gathering, Findings, Recommendations, LoadedReport):
    """Loaded once for all of them."""
