"""The report on the site: each thing it says is on its page, one click from the page of the report that says it."""

from functools import cache

from actors.models import Actor, Attachment, Initiative, Lineage, Membership, Sourced, Tie, Trigger
from foundations.text import sort_key
from territories import algebra
from territories.models import Territory, TerritoryCommune
from workshops.models import Attendance, Finding, FindingLink, Recommendation, Theme, Workshop, WorkshopHost
from workshops.reading.words import initiative_url

from .asking import Visitor
from .report import FACTS, PARTICIPANTS, LoadedReport, pages

COUNTS = FACTS["_comptes"]
SOURCE = "/sources/retour-atelier-clermont-ferrand-2022/"
WORKSHOP = "/ateliers/clermont-ferrand-2022/"


class OnSite(LoadedReport):
    def setUp(self):
        self.visitor = Visitor(self.client)
        self.page = cache(self.visitor.follows)

    def says(self, url: str, text: str) -> bool:
        """Whether the page at `url` says `text`, its typography and case apart."""
        return sort_key(text) in sort_key(self.page(url).text)

    def leads_to_source(self, node, numbers: list[int]) -> bool:
        """Whether a link of `node` leads to the first of these pages of the report, and that page is there."""
        anchor = f"page-{min(numbers)}"
        assert self.page(SOURCE).tree.xpath(f'//*[@id="{anchor}"]'), anchor
        return f"{SOURCE}#{anchor}" in node.xpath(".//a/@href")

    def main(self, url: str):
        (main,) = self.page(url).tree.xpath("//main")
        return main


class TestWorkshop(OnSite):
    def test_each_finding_is_in_the_story_of_the_workshop_with_its_proof(self):
        findings = Finding.objects.exclude(kind="tension")
        assert findings.count() > 60
        for finding in findings:
            (node,) = self.page(WORKSHOP).tree.xpath(f'//*[@id="constat-{finding.pk}"]')
            assert sort_key(finding.statement) in sort_key(node.text_content()), finding
            assert self.leads_to_source(node, finding.pages), finding

    def test_as_many_of_each_kind_as_the_report_has(self):
        tree = self.page(WORKSHOP).tree
        for kind, name in {
            "frein": "freins", "moteur": "moteurs", "condition": "conditions", "ingredient": "ingredients",
            "besoin": "besoins", "question": "questions_ouvertes", "representation": "representations",
        }.items():  # fmt: skip
            shown = tree.xpath(f'//*[starts-with(@id, "constat-") and contains(@class, "finding {kind}")]')
            assert len(shown) == len(FACTS[name]), kind
            assert len(shown) == COUNTS.get(name, len(shown))

    def test_each_tension_is_told_with_both_its_ends(self):
        links = FindingLink.objects.filter(kind="tension").select_related("from_finding", "to_finding")
        assert len(FACTS["tensions"]) == 7
        assert links.count() >= 7
        for link in links:
            assert self.says(WORKSHOP, link.statement), link.statement
            assert self.says(WORKSHOP, link.from_finding.statement)
            assert self.says(WORKSHOP, link.to_finding.statement)

    def test_five_sessions(self):
        for number, fact in enumerate(FACTS["sessions"], start=1):
            (node,) = self.page(WORKSHOP).tree.xpath(f'//*[@id="seance-{number}"]')
            assert self.leads_to_source(node, pages(fact)), fact["nom"]

    def test_everyone_present_as_listed_with_the_function_and_the_page(self):
        people = Attendance.objects.select_related("person").prefetch_related("capacities__organisation")
        assert len(PARTICIPANTS) == people.count() == 23
        lines = {
            node.xpath("string(.//p[@class='name']/a/@href)"): node
            for node in self.page(WORKSHOP).tree.xpath('//li[contains(@class, "person-line")]')
        }
        for attendance in people:
            node = lines[attendance.person.get_absolute_url()]
            text = sort_key(node.text_content())
            assert sort_key(attendance.person.name) in text
            assert sort_key(attendance.listed_role) in text
            for held in attendance.capacities.all():
                assert held.organisation.get_absolute_url() in node.xpath(".//a/@href")
            assert self.leads_to_source(node, attendance.pages), attendance

    def test_hosts_and_who_is_only_cited(self):
        for host in WorkshopHost.objects.select_related("actor"):
            assert host.actor.get_absolute_url() in self.main(WORKSHOP).xpath(".//a/@href")
        cited = [fact for fact in FACTS["organisations"] if not fact["presente"]]
        (title,) = self.page(WORKSHOP).tree.xpath('//h3[starts-with(., "Cités, sans être présents")]')
        names = {link.get("href") for link in title.xpath("./following-sibling::ul[1]//p[@class='name']/a")}
        assert names == {f"/acteurs/{self.slugs[fact['id']]}/" for fact in cited}


class TestActors(OnSite):
    def test_29_organisations_each_with_the_pages_that_name_it(self):
        assert len(FACTS["organisations"]) == COUNTS["organisations"] == 29
        for fact in FACTS["organisations"]:
            actor = Actor.objects.get(slug=self.slugs[fact["id"]])
            url = actor.get_absolute_url()
            assert sort_key(actor.name) in sort_key(self.page(url).tree.xpath("string(//h1)"))
            assert self.leads_to_source(self.main(url), fact["pages"]), fact["nom"]

    def test_23_people_each_with_their_functions_and_proofs(self):
        people = Actor.objects.persons()
        assert people.count() == 23
        for person in people:
            url = person.get_absolute_url()
            assert self.says(url, person.name)
            for held in person.memberships.select_related("organisation"):
                assert held.organisation.get_absolute_url() in self.main(url).xpath(".//a/@href")
                assert self.says(url, held.role)
                assert self.leads_to_source(self.main(url), held.pages), held
            assert '<meta name="robots" content="noindex">' in self.page(url).html

    def test_each_competence_is_proved_on_both_pages(self):
        for actor in Actor.objects.filter(expertises__isnull=False).distinct():
            for expertise in actor.expertises.select_related("competence"):
                for url in (actor.get_absolute_url(), expertise.competence.get_absolute_url()):
                    assert self.says(url, expertise.evidence), (url, expertise.evidence)
                    assert self.leads_to_source(self.main(url), expertise.pages), (url, expertise)

    def test_each_relation_is_on_the_page_of_its_actor(self):
        rows: list[tuple[Sourced, Actor, Actor | None]] = [
            *((row, row.organisation, row.parent) for row in Attachment.objects.all()),
            *((row, row.successor, row.predecessor) for row in Lineage.objects.all()),
            *((row, row.organisation, row.member) for row in Membership.objects.all()),
            *((row, row.from_actor, row.to_actor) for row in Tie.objects.all()),
        ]
        assert len(FACTS["relations"]) == COUNTS["relations"] == 19
        for row, actor, other in rows:
            url = actor.get_absolute_url()
            assert self.leads_to_source(self.main(url), row.pages), row
            if other:
                assert other.get_absolute_url() in self.main(url).xpath(".//a/@href"), row
        for tie in Tie.objects.all():
            assert self.says(tie.from_actor.get_absolute_url(), tie.to_category)

    def test_no_tie_between_actors_is_made_up(self):
        assert not Tie.objects.between_actors().exists()
        for actor in Actor.objects.published():
            assert self.says(actor.get_absolute_url(), "Aucun lien attesté avec un autre acteur"), actor


class TestDoings(OnSite):
    def test_each_initiative_is_told_once_with_its_proof(self):
        assert len(FACTS["initiatives"]) == COUNTS["initiatives"] == 14
        assert Initiative.objects.count() == 15  # and the programme
        told = 0
        for initiative in Initiative.objects.select_related("same_as"):
            url = initiative_url(initiative)
            assert self.says(url, initiative.name), initiative
            assert self.leads_to_source(self.main(url), initiative.pages), initiative
            assert url in self.main("/initiatives/").xpath(".//a/@href") or initiative.same_as, initiative
            if initiative.same_as:
                told += 1
                response = self.client.get(initiative.get_absolute_url())
                assert (response.status_code, response["Location"]) == (302, url)
        assert told == 2

    def test_who_bears_what_is_told_on_both_pages(self):
        for initiative in Initiative.objects.prefetch_related("bearers__actor"):
            for bearer in initiative.bearers.all():
                url = initiative_url(initiative)
                if bearer.unnamed:
                    assert self.says(url, bearer.unnamed)
                elif url != bearer.actor.get_absolute_url():
                    assert bearer.actor.get_absolute_url() in self.main(url).xpath(".//a/@href")
                    assert url in self.main(bearer.actor.get_absolute_url()).xpath(".//a/@href")

    def test_three_recommendations_with_their_parts_and_no_follow_up(self):
        whole = Recommendation.objects.whole()
        assert whole.count() == COUNTS["recommandations"] == 3
        for recommendation in whole:
            url = recommendation.get_absolute_url()
            assert sort_key(recommendation.title) in sort_key(self.page(url).tree.xpath("string(//h1)"))
            assert self.leads_to_source(self.main(url), recommendation.pages)
            assert self.says(url, "pas de suite connue depuis juillet 2022")
            assert url in self.main("/recommandations/").xpath(".//a/@href")
            for part in recommendation.parts.all():
                (node,) = self.page(url).tree.xpath(f'//*[@id="partie-{part.pk}"]')
                assert sort_key(part.title) in sort_key(node.text_content())
            for inspiration in recommendation.inspirations:
                assert self.says(url, inspiration)
            for question in recommendation.questions.all():
                assert self.says(url, question.statement)

    def test_seven_triggers(self):
        assert Trigger.objects.count() == COUNTS["declencheurs"] == 7
        for trigger in Trigger.objects.all():
            assert self.says(WORKSHOP, trigger.name), trigger

    def test_each_theme_gathers_its_findings(self):
        for theme in Theme.objects.prefetch_related("findings"):
            url = theme.get_absolute_url()
            for finding in theme.findings.all():
                assert self.says(url, finding.statement), (theme, finding)
                assert self.leads_to_source(self.main(url), finding.pages)


class TestThroughTheSearch(OnSite):
    """What the issue types. Two communes are enough for places to be near, inside or wider."""

    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        clermont, vic = Territory.objects.get(code="63113"), Territory.objects.get(code="63457")
        Territory.objects.filter(pk=clermont.pk).update(lon=3.0863, lat=45.7797, population=147_327)
        Territory.objects.filter(pk=vic.pk).update(lon=3.2436, lat=45.6433, population=5_500)
        lists = {place: [clermont, vic] for place in Territory.objects.filter(code__in=("63", "84"))}
        lists |= {clermont: [clermont], vic: [vic]}
        for place, communes in lists.items():
            for commune in communes:
                TerritoryCommune.objects.create(territory=place, commune=commune)
        algebra.refresh_totals([place.pk for place in lists])
        algebra.rebuild_relations([place.pk for place in lists])

    def test_debat_public_vic_le_comte(self):
        page = self.visitor.asks(q="debat public vic le comte")
        assert list(page.chips) == ["Débat public", "Vic-le-Comte"]
        assert page.slugs[0] == "ville-de-clermont-ferrand"
        assert page.bonds["ville-de-clermont-ferrand"] == "À côté | Clermont-Ferrand, à 19 km"
        assert "Participation et débat public" in page.reasons["ville-de-clermont-ferrand"]
        assert f"{SOURCE}#page-4" in page.tree.xpath('//p[@class="why"]//@href')

    def test_concertation(self):
        page = self.visitor.asks(q="concertation")
        assert page.slugs[0] == "direction-departementale-des-territoires-du-puy-de-dome"
        assert page.reasons[page.slugs[0]].endswith("p. 2 (déduit)")
        assert page.count < 5  # saying it in a workshop makes nobody an expert

    def test_desgin_de_service(self):
        page = self.visitor.asks(q="desgin de service")
        assert page.slugs == ["caroline-di-monti", "ville-de-clermont-ferrand"]
        assert "Résultats pour design de service – chercher plutôt « desgin de service »" in page.text

    def test_a_place_a_nature_and_a_need_in_one_box(self):
        page = self.visitor.asks(q="participation clermont")
        assert page.slugs[0] == "ville-de-clermont-ferrand"
        assert page.bonds[page.slugs[0]] == "Implanté ici"

    def test_nobody_is_an_expert_for_having_been_there(self):
        for words in ("débat public", "concertation", "innovation publique", "langage commun"):
            assert self.visitor.asks(q=words).count < 23, words


class TestSource(OnSite):
    def test_every_fact_of_the_report_is_on_the_page_that_states_it(self):
        source = Workshop.objects.get().source
        tree = self.page(SOURCE).tree
        assert [node.get("id") for node in tree.xpath('//section[starts-with(@id, "page-")]')] == [
            f"page-{number}" for number in range(1, 6)
        ]
        for finding in Finding.objects.filter(source=source):
            for number in finding.pages:
                (section,) = tree.xpath(f'//section[@id="page-{number}"]')
                assert sort_key(finding.statement) in sort_key(section.text_content()), finding
