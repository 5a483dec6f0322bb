"""Legal pages, error pages and the frame of every page, on a small site of their own."""

import re

import pytest
from django.contrib import admin
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import include, path, reverse

from tests.directory.pages import assert_sound

SECTIONS = {
    "actor_list": "acteurs/",
    "territory_list": "territoires/",
    "workshop_list": "ateliers/",
    "theme_list": "constats/",
    "recommendation_list": "recommandations/",
    "initiative_list": "initiatives/",
    "competence_list": "competences/",
    "ecosystem_list": "ecosystemes/",
    "correction_request": "corriger/",
    "home": "",
}
urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("directory.legal_urls")),
    *(path(place, lambda request: HttpResponse(""), name=name) for name, place in SECTIONS.items()),
]
pytestmark = pytest.mark.urls(__name__)
LEGAL = ["accessibility", "privacy", "legal_notice", "sitemap_page", "open_data"]
TO_COMPLETE = "à compléter par l’éditeur"


def text(response):
    """Words alone, every space made plain."""
    words = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", words)


@pytest.mark.parametrize("name", LEGAL)
def test_a_legal_page_is_sound_and_costs_no_query(client, name):
    response = client.get(reverse(name))
    assert response.status_code == 200
    assert_sound(response.content.decode())
    assert response.headers["Content-Type"].startswith("text/html")


@pytest.mark.parametrize("name", LEGAL)
def test_a_legal_page_is_only_read(client, name):
    assert client.post(reverse(name)).status_code == 405
    assert client.head(reverse(name)).status_code == 200


@pytest.mark.parametrize("name", LEGAL)
def test_every_page_leads_to_the_legal_pages_and_to_the_sections(client, name):
    html = client.get(reverse(name)).content.decode()
    for linked in [
        *LEGAL,
        "actor_list",
        "territory_list",
        "workshop_list",
        "theme_list",
        "recommendation_list",
    ]:
        assert f'href="{reverse(linked)}"' in html
    assert "Accessibilité\u00a0: non conforme</a>" in html


def test_the_current_section_is_told():
    entry = {"href": "/a/", "label": "A"}
    told = {
        path: render_to_string("components/nav-item.html", entry | {"request": {"path": path}}).strip()
        for path in ("/a/", "/a/b/", "/b/")
    }
    assert told == {
        "/a/": '<li><a href="/a/" aria-current="page">A</a></li>',
        "/a/b/": '<li><a href="/a/" aria-current="true">A</a></li>',
        "/b/": '<li><a href="/a/">A</a></li>',
    }


def test_the_canonical_address_drops_the_query(client):
    html = client.get(reverse("privacy") + "?utm=1").content.decode()
    assert f'<link rel="canonical" href="http://testserver{reverse("privacy")}">' in html


def test_what_the_publisher_has_not_said_is_said_to_be_missing(client, settings):
    settings.PUBLISHER_NAME = settings.PUBLISHER_ADDRESS = settings.PUBLISHER_DIRECTOR = (
        settings.HOST_NAME
    ) = ""
    assert text(client.get(reverse("legal_notice"))).count(TO_COMPLETE) == 5


def test_the_publisher_is_named(client, settings):
    settings.PUBLISHER_NAME = "Chaire <exemple>"
    settings.PUBLISHER_ADDRESS = "1 place d’exemple"
    settings.PUBLISHER_DIRECTOR = "Prénom Nom"
    settings.HOST_NAME = "Hébergeur exemple"
    html = client.get(reverse("legal_notice")).content.decode()
    assert "<dd>Chaire &lt;exemple&gt;</dd>" in html
    assert "<dd>Prénom Nom</dd>" in html
    assert "<dd>Hébergeur exemple</dd>" in html
    assert TO_COMPLETE not in html


def test_accessibility_claims_no_audit_and_says_how_to_complain(client):
    words = text(client.get(reverse("accessibility")))
    assert "aucun audit n’a encore été fait" in words
    assert "Aucun essai avec un lecteur d’écran" in words
    assert "Défenseur des droits, Libre réponse 71120, 75342 Paris CEDEX 07" in words


def test_privacy_says_how_long_and_how_to_object(client):
    response = client.get(reverse("privacy"))
    words = text(response)
    assert "Douze mois, puis elles sont effacées." in words
    assert "vous opposer" in words
    assert f'href="{reverse("correction_request")}"' in response.content.decode()


def test_the_site_map_names_every_section(client):
    main = client.get(reverse("sitemap_page")).content.decode().split("<main")[1].split("</main>")[0]
    for name in SECTIONS:
        assert f'href="{reverse(name)}"' in main


@pytest.mark.parametrize("template", ["400.html", "500.html", "maintenance.html", "403_csrf.html"])
def test_a_page_for_when_all_is_broken_needs_nothing(template):
    html = render_to_string(template)
    assert_sound(html)
    assert '<meta name="robots" content="noindex">' in html
    assert "<script" not in html


def test_a_missing_page_offers_to_search(client):
    response = client.get("/nulle-part/")
    html = response.content.decode()
    assert response.status_code == 404
    assert_sound(html)
    assert f'action="{reverse("actor_list")}"' in html
    assert 'name="q"' in html
    assert 'name="territoire"' in html


def test_a_refusal_is_in_the_look_of_the_site(rf):
    html = render_to_string("403.html", request=rf.get("/secret/"))
    assert_sound(html)
    assert reverse("admin:login") in html
