"""The gallery shows every component, to staff only."""

import pytest
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import User
from django.urls import include, path, reverse

from tests.directory.pages import assert_sound

urlpatterns = [path("admin/", admin.site.urls), path("", include("directory.legal_urls"))]
pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]


@pytest.fixture
def staff(client):
    client.force_login(User.objects.create_user("animatrice", is_staff=True))
    return client


def test_strangers_log_in_first(client):
    response = client.get(reverse("gallery"))
    assert response.status_code == 302
    assert response.url.startswith(reverse("admin:login"))


def test_a_member_without_rights_is_sent_to_log_in(client):
    client.force_login(User.objects.create_user("lectrice"))
    assert client.get(reverse("gallery")).status_code == 302


def test_the_gallery_is_only_read(staff):
    assert staff.post(reverse("gallery")).status_code == 405


def test_every_component_is_shown(staff):
    response = staff.get(reverse("gallery"))
    shown = {template.name for template in response.templates}
    components = {
        f"components/{file.name}" for file in (settings.BASE_DIR / "templates/components").glob("*.html")
    }
    assert components <= shown


def test_the_gallery_is_sound_and_out_of_search_engines(staff):
    html = staff.get(reverse("gallery")).content.decode()
    assert_sound(html)
    assert '<meta name="robots" content="noindex">' in html


def test_each_component_says_its_parameters():
    for file in (settings.BASE_DIR / "templates/components").glob("*.html"):
        opening = file.read_text().split("{% endcomment %}")[0]
        assert opening.startswith("{% comment %}"), file.name
        assert "arameter" in opening, file.name


def test_errors_are_tied_to_their_fields(staff):
    html = staff.get(reverse("gallery")).content.decode()
    assert 'aria-describedby="erreur_email_helptext erreur_email_error"' in html
    assert 'id="erreur_email_error"' in html
    assert '<a href="#erreur_email">' in html
    assert 'id="vierge_email_helptext"' in html
