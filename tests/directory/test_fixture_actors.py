"""The people, organisations, initiatives and relations of the report, entity by entity."""

from actors.models import (
    Actor,
    ActorArea,
    Attachment,
    Basis,
    Expertise,
    Initiative,
    InitiativeBearer,
    InitiativeLineage,
    Kind,
    Life,
    Lineage,
    Membership,
    Mention,
    Nature,
    Organisation,
    Person,
    Tie,
    Trigger,
)
from workshops.models import Finding, WorkshopHost

from .report import FACTS, PARTICIPANTS, LoadedReport, basis, pages, same

COUNTS = FACTS["_comptes"]
NATURES = {
    "O01": Nature.LOCAL_AUTHORITY, "O02": Nature.UNKNOWN, "O03": Nature.UNKNOWN, "O04": Nature.PARK,
    "O05": Nature.MIXED_SYNDICATE, "O06": Nature.UNKNOWN, "O07": Nature.UNKNOWN, "O08": Nature.INTERMUNICIPAL,
    "O09": Nature.LOCAL_AUTHORITY, "O10": Nature.UNKNOWN, "O11": Nature.STATE, "O12": Nature.COMPANY,
    "O13": Nature.LOCAL_AUTHORITY, "O14": Nature.SCHOOL, "O15": Nature.PUBLIC_BODY, "O16": Nature.INTERMUNICIPAL,
    "O17": Nature.STATE, "O18": Nature.UNKNOWN, "O19": Nature.LOCAL_AUTHORITY, "O20": Nature.SCHOOL,
    "O21": Nature.LAB, "O22": Nature.LAB, "O23": Nature.LAB, "O24": Nature.PUBLIC_BODY, "O25": Nature.COMPANY,
    "O26": Nature.UNKNOWN, "O27": Nature.MIXED_COMPANY, "O28": Nature.ASSOCIATION, "O29": Nature.LOCAL_AUTHORITY,
}  # fmt: skip
GOVERNS = {
    "O01": "63113", "O04": "pnr-volcans-auvergne", "O05": "petr-grand-clermont", "O08": "246300966", "O09": "84",
    "O13": "63", "O16": "246300701", "O19": "63457",
}  # fmt: skip


class Organisations:
    def organisation(self, mark: str) -> Organisation:
        return Organisation.objects.get(slug=self.slugs[mark])

    def test_all_are_there_and_no_other(self):
        assert Organisation.objects.count() == COUNTS["organisations"] == len(FACTS["organisations"]) == 29
        assert Organisation.objects.published().count() == 29

    def test_each_by_its_name_nature_and_pages(self):
        for fact in FACTS["organisations"]:
            organisation = self.organisation(fact["id"])
            mention = Mention.objects.get(actor=organisation)
            assert same(organisation.name) == same(fact["nom"])
            assert organisation.nature == NATURES[fact["id"]]
            assert organisation.nature_basis == basis(fact["base_nature"]), fact["id"]
            assert organisation.is_named == fact.get("nomme", True)
            assert mention.pages == fact["pages"]
            spellings = {same(organisation.name), *(same(row.name) for row in organisation.other_names.all())}
            assert spellings >= {same(spelling) for spelling in fact.get("ecritures", [])}

    def test_those_without_a_name(self):
        unnamed = Organisation.objects.filter(is_named=False).values_list("slug", flat=True)
        assert set(unnamed) == {self.slugs[mark] for mark in ("O26", "O27", "O28", "O29")}

    def test_only_authorities_govern_and_the_ddt_is_none(self):
        governing = Organisation.objects.filter(governs__isnull=False)
        codes = {organisation.slug: organisation.governs.code for organisation in governing}
        assert codes == {self.slugs[mark]: code for mark, code in GOVERNS.items()}

    def test_areas_are_those_that_a_name_says(self):
        areas = {
            area.actor.slug: (area.territory.code, area.basis, area.pages) for area in ActorArea.objects.all()
        }
        assert areas == {
            self.slugs["O11"]: ("63", Basis.DEDUCED, [4]),
            self.slugs["O15"]: ("63113", Basis.DEDUCED, [5]),
            self.slugs["O17"]: ("academie-clermont-ferrand", Basis.DEDUCED, [5]),
        }

    def test_seats_only_where_the_report_gives_a_place(self):
        seats = Actor.objects.filter(seat__isnull=False)
        assert {actor.slug: (actor.seat.code, actor.seat_basis) for actor in seats} == {
            self.slugs["O01"]: ("63113", Basis.DEDUCED),
            self.slugs["O02"]: ("63113", Basis.UNCERTAIN),
            self.slugs["O19"]: ("63457", Basis.DEDUCED),
        }

    def test_nothing_is_said_that_no_source_gives(self):
        assert not Actor.objects.exclude(website="", founded="", dissolved="", size=None, summary="").exists()
        assert set(Organisation.objects.exclude(life=Life.UNKNOWN).values_list("slug", "life")) == {
            (self.slugs["O23"], Life.EMERGING)
        }


class People:
    def test_all_are_there_by_their_functions(self):
        assert Person.objects.count() == len(PARTICIPANTS) == FACTS["personnes"]["nombre"] == 23
        for fact in PARTICIPANTS:
            person = Person.objects.get(slug=self.slugs[fact["id"]])
            assert same(person.name) == same(fact["person_name"])
            assert same(person.name).endswith(same(person.family_name))
            assert (person.state, person.publication_basis) == ("published", "report")
            assert str(person.publication_basis_on) == "2022-07-04"
            told = [(same(row.role), row.is_elected) for row in person.memberships.order_by("id")]
            listed = [(same(one["role"] or ""), one.get("elected", False)) for one in fact["affiliations"]]
            assert told == listed, fact["id"]
            for row, one in zip(person.memberships.order_by("id"), fact["affiliations"], strict=True):
                assert fact["page"] in row.pages
                assert [same(text) for text in row.delegations] == [
                    same(text) for text in one.get("delegations", [])
                ]
                assert bool(row.programme) == ("programme" in one)
                if "unit" in one:
                    assert same(row.unit) == same(one["unit"])

    def test_each_function_is_in_the_organisation_listed(self):
        for fact in PARTICIPANTS:
            person = Person.objects.get(slug=self.slugs[fact["id"]])
            for row, one in zip(person.memberships.order_by("id"), fact["affiliations"], strict=True):
                names = {
                    same(row.organisation.name),
                    *(same(name) for name in row.organisation.other_names.values_list("name", flat=True)),
                }
                assert same(one["organisation"]) in names, fact["id"]

    def test_a_political_label_is_only_in_a_listed_line(self):
        for model in (Actor, Membership, Mention, Expertise, Finding, Initiative):
            columns = [
                column.name for column in model._meta.fields if column.get_internal_type() != "ForeignKey"
            ]
            for row in model.objects.values(*columns):
                assert "écologiste" not in str(row).lower()

    def test_names_stand_in_no_other_text(self):
        names = [fact["person_name"].split()[-1] for fact in PARTICIPANTS]
        texts = [str(row) for model in (Mention, Expertise, Initiative, InitiativeBearer, Tie, Finding)
                 for row in model.objects.values()]  # fmt: skip
        assert not [name for name in names for text in texts if f" {name}" in text]


class Initiatives:
    def initiative(self, mark: str) -> Initiative:
        return Initiative.objects.get(slug=self.slugs[mark])

    def test_fourteen_and_the_programme(self):
        assert Initiative.objects.count() == COUNTS["initiatives"] + 1 == len(FACTS["initiatives"]) + 1 == 15
        programme = self.initiative("PG1")
        assert (programme.kind, programme.acronym) == ("programme", FACTS["programme"]["sigle"])
        bearer = programme.bearers.get()
        assert (bearer.actor.slug, bearer.basis) == (self.slugs["O21"], Basis.DEDUCED)

    def test_each_by_its_name_pages_place_and_bearer(self):
        for fact in FACTS["initiatives"]:
            initiative = self.initiative(fact["id"])
            name = fact["nom"].replace("cette formation", "la formation à l'innovation publique")
            assert same(initiative.name) == same(name)
            assert initiative.pages == pages(fact)
            assert (initiative.modality == "uncertain") == (fact.get("modalite") == "incertain")
            place = fact.get("lieu")
            assert bool(initiative.place_note) == bool(place)
            bearers = list(initiative.bearers.all())
            if fact.get("porteur") is None:
                assert not bearers, fact["id"]
            elif fact["porteur"] in self.slugs:
                assert [row.actor.slug for row in bearers] == [self.slugs[fact["porteur"]]]
                assert bearers[0].basis == basis(fact.get("porteur_base"))
            else:
                assert [same(row.unnamed) for row in bearers] == [
                    same(fact["porteur"].replace("groupe", "un groupe", 1))
                ]

    def test_two_are_told_as_organisations(self):
        twice = {row.slug: row.same_as.slug for row in Initiative.objects.filter(same_as__isnull=False)}
        told = {fact["id"]: fact["organisation"] for fact in FACTS["initiatives"] if "organisation" in fact}
        assert told == {"IN01": "O28", "IN13": "O23"}
        assert twice == {self.slugs[one]: self.slugs[other] for one, other in told.items()}

    def test_that_a_name_is_a_programme_is_said_to_come_from_elsewhere(self):
        initiative = self.initiative("IN12")
        assert initiative.kind == "programme"
        assert "vient d’ailleurs" in initiative.basis_note

    def test_triggers_and_their_effects(self):
        assert Trigger.objects.count() == COUNTS["declencheurs"] == 7
        for fact in FACTS["declencheurs"]:
            trigger = Trigger.objects.get(slug=self.slugs[fact["id"]])
            assert (same(trigger.name), trigger.pages) == (same(fact["nom"]), pages(fact))
            effects = {finding.code for finding in trigger.findings.all()}
            effects |= {mark for mark, slug in self.slugs.items()
                        if mark.startswith("IN") and trigger.initiatives.filter(slug=slug).exists()}  # fmt: skip
            assert effects == set(fact["effets"])


class Relations:
    """The nineteen relations, each as what it is."""

    def fact_of(self, kind: str) -> list[dict]:
        return [fact for fact in FACTS["relations"] if fact["type"] == kind]

    def test_there_are_nineteen_of_known_kinds(self):
        assert len(FACTS["relations"]) == COUNTS["relations"] == 19
        stored = 3 + 3 + 2 + 4 + 1 + 1 + 3 + 1 + 1  # in the order of the tests below
        assert stored == 19

    def test_attachments(self):
        facts = self.fact_of("rattachée à") + self.fact_of("appartient à")
        rows = {
            (row.organisation.slug, row.parent.slug, row.basis, tuple(row.pages))
            for row in Attachment.objects.all()
        }
        assert rows == {
            (self.slugs[fact["de"]], self.slugs[fact["a"]], basis(fact.get("base")), tuple(pages(fact)))
            for fact in facts
        }

    def test_functions(self):
        facts = [
            fact
            for kind in ("co-référente de", "co-fondatrice de", "fondateur de")
            for fact in self.fact_of(kind)
        ]
        assert len(facts) == 3
        for fact in facts:
            row = Membership.objects.get(member__name=fact["de"], organisation__slug=self.slugs[fact["a"]])
            assert same(row.role) == same(fact["type"]).removesuffix(" de")
            assert row.pages == pages(fact)

    def test_hosts(self):
        hosts = {(row.actor.slug, row.part, row.basis) for row in WorkshopHost.objects.all()}
        chair, city = self.slugs["O21"], self.slugs["O01"]
        assert hosts == {
            (chair, "invites", "stated"), (city, "invites", "stated"),
            (city, "hosts", "deduced"), (chair, "organises", "deduced"),
        }  # fmt: skip

    def test_bearers(self):
        for fact in self.fact_of("porte") + self.fact_of("met en place"):
            row = InitiativeBearer.objects.get(
                actor__slug=self.slugs[fact["de"]], initiative__slug=self.slugs[fact["a"]]
            )
            assert row.part == {"porte": "bears", "met en place": "sets_up"}[fact["type"]]
            assert (row.basis, row.pages) == (basis(fact.get("base")), pages(fact))

    def test_lineages(self):
        [merger] = self.fact_of("issue de la fusion de")
        rows = {(row.successor.slug, row.predecessor.slug, row.kind) for row in Lineage.objects.all()}
        assert rows == {(self.slugs["O06"], self.slugs[mark], "merger") for mark in merger["a"]}
        row = InitiativeLineage.objects.get()
        assert (row.earlier.slug, row.later.slug) == (self.slugs["IN10"], self.slugs["IN11"])
        assert row.label == "a permis de constituer"

    def test_ties_are_to_categories_and_none_between_actors(self):
        assert not Tie.objects.between_actors().exists()
        ties = {
            (row.from_actor.slug, row.kind, same(row.to_category), tuple(row.pages))
            for row in Tie.objects.all()
        }
        [translates] = self.fact_of("traduit entre")
        assert ties == {
            *((self.slugs["O07"], "translates", same(one), (2,)) for one in translates["a"]),
            (self.slugs["O13"], "talks_to", same("acteurs extérieurs au territoire"), (1,)),
            (self.slugs["O01"], "belongs_with", same("territoires proches"), (1,)),
        }
        assert Tie.objects.get(kind="belongs_with").voice_person.name == "Anne-Laure Stanislas"
        assert "auteur" in Tie.objects.get(kind="talks_to").voice

    def test_a_question_is_not_a_tie(self):
        [fact] = self.fact_of("interroge la place de")
        question = Finding.objects.get(code="Q2")
        assert [row.slug for row in question.initiatives.all()] == [self.slugs[fact["de"]]]
        assert question.pages == pages(fact)

    def test_the_same_programme_is_derived(self):
        [fact] = self.fact_of("même programme")
        programme = Initiative.objects.get(slug=self.slugs[fact["via"]])
        through = {row.organisation.slug for row in programme.memberships.all()}
        assert through == {self.slugs[fact["de"]], self.slugs[fact["a"]]}


class Proofs:
    def test_each_has_a_proof_a_page_and_a_basis(self):
        assert Expertise.objects.count() == 52
        assert not Expertise.objects.filter(evidence="").exists()
        assert not Expertise.objects.filter(pages=[]).exists()
        assert set(Expertise.objects.values_list("basis", flat=True)) == {Basis.STATED, Basis.DEDUCED}
        assert not Expertise.objects.filter(helps__isnull=False).exists()

    def test_being_there_proves_nothing(self):
        without = ("S01", "S03", "S05", "S06", "S09", "S10", "S12", "S20", "S23")
        people = Person.objects.filter(expertises__isnull=True)
        assert set(people.values_list("slug", flat=True)) == {self.slugs[mark] for mark in without}

    def test_nobody_is_expert_of_what_the_room_spoke_about(self):
        spoken_of = ("debat-public", "convention-citoyenne", "budget-participatif", "education-populaire")
        assert not Expertise.objects.filter(competence__slug__in=spoken_of).exists()
        helped = Actor.objects.filter(expertises__competence__slug="participation-et-debat-public")
        assert [(actor.slug, actor.kind) for actor in helped] == [(self.slugs["O01"], Kind.ORGANISATION)]


class TestActorsOfTheReport(Organisations, People, Initiatives, Relations, Proofs, LoadedReport):
    """Loaded once for all of them."""
