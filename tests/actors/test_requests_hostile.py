"""Whatever is sent to the forms, the answer is a page: never a 500, never an e-mail with a header more."""

import pytest
from django.core import mail
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actors.forms import VisitorRequestForm
from actors.models import ContactRequest, CorrectionRequest
from actors.pages import internal_path
from foundations.models import ThrottleCount
from tests.factories.actors import OrganisationFactory

# What a client can send is UTF-8: no lone surrogates.
ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)
NASTY = st.sampled_from(
    [
        "",
        "\x00",
        "a\r\nBcc: x@example.org",
        "<script>alert(1)</script>",
        "{{ settings.SECRET_KEY }}",
        "'; DROP TABLE actors_actor; --",
        "\u202egnp.exe",
        "a" * 10_000,
        "%00%0d%0a",
        "x@example.org",
        "/acteurs/territoire-solutions/",
        "//evil.example",
    ]
)
VALUE = st.one_of(ANY, NASTY)
FIELDS = ("name", "email", "organisation", "message", "website", "stamp", "page")


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.fixed_dictionaries({}, optional=dict.fromkeys(FIELDS, VALUE)))
def test_any_form_gets_a_page(client, data):
    OrganisationFactory.reset_sequence()
    if not ContactRequest._meta.get_field("actor").related_model.objects.exists():
        OrganisationFactory(slug="territoire-solutions")
    for url in ("/acteurs/territoire-solutions/contact/", "/correction/"):
        response = client.post(url, data)
        assert response.status_code in {200, 302, 400, 429}
        if response.status_code == 200:
            assert "<script>alert(1)" not in response.content.decode()
    for letter in mail.outbox:
        assert letter.message()["Bcc"] is None


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(page=VALUE, token=ANY)
def test_any_address_gets_a_page(client, page, token):
    assert client.get("/correction/", {"page": page}).status_code in {200, 400}
    if "\n" not in token:
        assert client.get(f"/demande/{token.replace('/', '')}/").status_code in {301, 400, 404}


@settings(deadline=None)
@given(st.fixed_dictionaries(dict.fromkeys(FIELDS, VALUE)))
def test_a_valid_form_holds_one_line_where_one_line_is_meant(data):
    form = VisitorRequestForm({**data, "stamp": VisitorRequestForm().fresh_stamp})
    form.is_valid()
    for name in ("name", "email", "organisation"):
        assert not set(form.cleaned_data.get(name, "")) & set("\r\n\x00\u2028\x85")
    assert "\x00" not in form.cleaned_data.get("message", "")


@settings(deadline=None)
@given(VALUE)
def test_a_page_is_always_a_path_of_ours(value):
    path = internal_path(value)
    assert path.startswith("/")
    assert not path.startswith(("//", "/\\"))
    assert len(path) <= 300


@pytest.mark.django_db
def test_two_requests_never_share_a_link(client):
    actor = OrganisationFactory()
    rows = [
        ContactRequest.objects.create(actor=actor, name="a", email="a@b.fr", message="m") for _ in range(3)
    ]
    assert len({row.token for row in rows}) == 3
    assert CorrectionRequest.objects.count() == ThrottleCount.objects.count() == 0
