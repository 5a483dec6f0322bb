"""The animator's evening, with the keyboard alone: a new workshop, a pasted list of 25, notes in Word, published.

Counts interactions beyond the text itself: a key chord, or a file chosen. The words of names and statements are not
counted, nor is a paste of more than its own chord.
"""

import io

import docx
import pytest
from playwright.sync_api import expect

from tests.browser.keyboard import Keyboard
from tests.factories import accounts
from tests.factories.actors import MembershipFactory, OrganisationFactory, PersonFactory
from workshops.models import Workshop

from ..entering.test_browser import log_in

pytestmark = pytest.mark.django_db(transaction=True)
MOST = 60

# Invented people. One is known already, another has a namesake, one is there in two capacities.
LIST = """Atelier « Habiter le bourg », liste des participants

Présents
Ana ROUX, maire, Commune de Riom-ès-Puy
Paul DI FABIO, directeur, Association Les Tiers-Lieux du Val
Zoé BLANC, chargée de mission, PETR du Val d’Allier
Karim BENALI, directeur des services, Communauté de communes du Val d’Allier
Lucie FABRE, designer de services, Atelier Fabre
Jean MARTEL, adjoint à l’urbanisme, Commune de Riom-ès-Puy
Nadia COHEN, cheffe de projet Petites villes de demain, Commune de Saint-Amand
Hugo PETIT, paysagiste, Atelier Fabre
Inès LAMBERT, chercheuse, Université du Val
Marc OLIVIER, président, Association Les Tiers-Lieux du Val
Sonia RAMOS, directrice du CCAS, CCAS de Riom-ès-Puy
Théo GARNIER, chargé de participation, Département du Val
Claire NOEL, architecte, CAUE du Val
Ali HADDAD, animateur, Centre social La Passerelle
Eva KLEIN, doctorante, Université du Val
Louis MOREAU, conseiller municipal, Commune de Saint-Amand
Rose MARCHAND, bibliothécaire, Médiathèque de Saint-Amand
Yann LE GOFF, directeur, Office de tourisme du Val
Maud PERRIN, responsable habitat, Communauté de communes du Val d’Allier
Samir AZIZ, gérant, Coopérative Terres Vives
Julie BONNET, urbaniste, CAUE du Val
Denis FAURE, président, Comité des fêtes de Saint-Amand

Excusés
Odile GIRARD, conseillère départementale, Département du Val
Pierre SANTOS, sous-préfet, Sous-préfecture de Riom-ès-Puy
Léa VIDAL, directrice, Centre social La Passerelle
"""
NOTES = [
    ("Heading 1", "Freins"),
    *(("List Bullet", text) for text in (
        "Les petites communes n’ont personne pour porter un projet d’habitat sur plusieurs années",
        "Les propriétaires des maisons vides habitent loin et ne répondent pas aux courriers",
        "Chaque financeur a son calendrier, et aucun n’attend l’autre",
        "Les habitants sont consultés une fois que tout est décidé",
        "Les services ne savent pas qui, dans le territoire, sait animer une réunion publique",
        "Le vocabulaire des bureaux d’études éloigne les élus des petites communes",
    )),
    ("Heading 1", "Moteurs"),
    *(("List Bullet", text) for text in (
        "Les visites d’une commune à l’autre donnent envie de commencer",
        "Une première maison rénovée par des habitants a changé le regard sur le bourg",
        "La médiathèque ouvre le soir et sert de lieu de réunion sans formalité",
        "Deux communes partagent un même chargé de projet depuis le printemps",
    )),
    ("Heading 1", "Besoins"),
    *(("List Bullet", text) for text in (
        "Un appui pour animer les réunions avec les habitants, près d’ici",
        "Une liste tenue à jour des maisons vides et de leurs propriétaires",
        "Du temps réservé dans la semaine des secrétaires de mairie",
    )),
]  # fmt: skip


def notes_in_word() -> bytes:
    document = docx.Document()
    for style, text in NOTES:
        document.add_paragraph(text, style=style)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


class Counted(Keyboard):
    """Counts each chord and each file chosen; text is free."""

    count = 0

    def press(self, *keys: str) -> None:
        self.count += len(keys)
        super().press(*keys)

    def choose_file(self, name: str, content: bytes) -> None:
        with self.page.expect_file_chooser() as chooser:
            self.press("Enter")
        self.count += 1
        chooser.value.set_files([{"name": name, "mimeType": "application/octet-stream", "buffer": content}])

    def paste(self, text: str) -> None:
        """What Ctrl + V does, whatever the clipboard of the test machine holds."""
        self.count += 1
        self.page.keyboard.insert_text(text)


@pytest.fixture
def keys(page, live_server):
    page.url_of_site = live_server.url
    log_in(page, accounts.administrator())
    known = PersonFactory(name="Zoé Blanc", family_name="Blanc")
    MembershipFactory(member=known, organisation=OrganisationFactory(name="PETR du Val d’Allier"))
    PersonFactory(name="Eva Klein", family_name="Klein")
    MembershipFactory(
        member=PersonFactory(name="Eva Klein", family_name="Klein"),
        organisation=OrganisationFactory(name="Lycée du Val"),
    )
    page.goto("/admin/workshops/workshop/add/")
    return Counted(page)


def test_an_evening(keys, page, capsys):
    """From « Ajouter un atelier » to the published page and its document; asserts and prints the count."""
    keys.write("Habiter le bourg")
    keys.press("Tab")
    keys.write("12/03/2026")
    with page.expect_navigation():
        keys.press("Enter")
    assert not Workshop.objects.get().is_published  # Enter saves, and never publishes
    keys.follow("a Coller la liste")
    attend(keys, page)
    find(keys, page)
    publish(keys, page)
    told = f"{keys.count} interactions, from a pasted list of 25 and two pages of notes to the published page"
    with capsys.disabled():
        print(f"\n{told}")  # noqa: T201 — the figure is what one wants to see
    assert keys.count < MOST


def attend(keys, page):
    """The list pasted, what is doubtful decided, the whole confirmed."""
    keys.tab_to("textarea")
    keys.paste(LIST)
    keys.follow("button Lire la liste")
    expect(page.locator(".count")).to_contain_text("25 lignes lues : 2 lignes et 0 organisation à décider")
    keys.tab_to("input organisation : CCAS")
    keys.press("Space")
    keys.tab_to("input Eva Klein")  # one of two of that name, or a third
    keys.press("Space")
    keys.tab_to("a Aller à la confirmation")
    keys.press("Enter", "Tab", "ArrowDown", "ArrowDown")
    keys.follow("button Confirmer la liste")
    expect(page.locator(".messages")).to_contain_text("25 présences enregistrées")


def find(keys, page):
    """The notes cut into findings, all kept, recorded."""
    keys.follow("a Saisir les constats", key="Shift+Tab")
    keys.press("Alt+n")
    keys.tab_to("input Document")
    keys.choose_file("notes.docx", notes_in_word())
    keys.follow("button Proposer des constats")
    expect(page.locator(".line.proposed")).to_have_count(13)
    keys.follow("button Tout garder")
    keys.tab_to("textarea Énoncé")
    with page.expect_navigation():
        keys.press("Control+Enter")
    expect(page.locator(".messages")).to_contain_text("13 constats enregistrés")


def publish(keys, page):
    """The check list, the published page, and the document."""
    keys.follow("button Publier l’atelier")
    workshop = Workshop.objects.get()
    assert workshop.is_published
    keys.tab_to("a sa restitution en document Word")
    with page.expect_download() as download:
        keys.press("Enter")
    written = docx.Document(download.value.path())
    text = "\n".join(paragraph.text for paragraph in written.paragraphs)
    assert "Habiter le bourg" in text and "Chaque financeur a son calendrier" in text
    keys.follow("a voir sa page", key="Shift+Tab")
    expect(page.get_by_role("heading", level=1)).to_have_text("Habiter le bourg")
    expect(page.get_by_text("Paul Di Fabio").first).to_be_visible()
    assert workshop.attendances.count() == 25 and workshop.findings.count() == 13
