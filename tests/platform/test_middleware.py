"""What holds for every request: methods, sizes, null bytes, no write in a GET, revalidation, headers."""

import pytest
from django.contrib.auth.models import Group, User
from django.contrib.sessions.models import Session
from django.db import transaction
from django.test import Client

from foundations.middleware import LONGEST_QUERY, WriteInSafeRequest

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.platform.urls")]


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PUT", "DELETE", "PATCH", "BREW"])
def test_unknown_methods_are_refused(client, method):
    response = client.generic(method, "/lit/")
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD, OPTIONS, POST"


@pytest.mark.parametrize(
    "address",
    [
        "/lit/?q=%00",
        "/lit/?%00=1",
        "/lit/a%00b",
        "/lit/?q=" + "a" * LONGEST_QUERY,
        "/lit/" + "a" * 2_000,
        "/rien/?q=%00",
    ],
)
def test_impossible_addresses_get_a_page(client, address):
    response = client.get(address)
    assert response.status_code == 400
    assert response["Content-Security-Policy"]


def test_long_but_possible_query_is_answered(client):
    assert client.get("/lit/?q=" + "a" * (LONGEST_QUERY - 2)).status_code == 200


@pytest.mark.parametrize("form", [{"word": "a\0b"}, {"wo\0rd": "a"}])
def test_null_byte_in_a_form_gets_a_page(client, form):
    assert client.post("/lit/", form).status_code == 400


def test_form_is_read(client):
    assert client.post("/lit/", {"word": "chêne"}).content.decode() == "0 chêne"


@pytest.mark.parametrize("method", ["get", "head", "options"])
@pytest.mark.parametrize("address", ["/ecrit/", "/renomme/"])
def test_safe_request_cannot_write(client, method, address):
    Group.objects.create(name="kept")
    with pytest.raises(WriteInSafeRequest), transaction.atomic():
        getattr(client, method)(address)
    assert list(Group.objects.values_list("name", flat=True)) == ["kept"]


@pytest.mark.parametrize(
    "order",
    [
        "INSERT INTO auth_group (name) VALUES ('x')",
        "  delete from auth_group",
        "WITH gone AS (DELETE FROM auth_group RETURNING id) SELECT * FROM gone",
        "SELECT * FROM auth_group FOR UPDATE",
        "SELECT nextval('auth_group_id_seq')",
        "SELECT * INTO TEMP copy FROM auth_group",
        "TRUNCATE auth_group",
        "CREATE TEMP TABLE x (y int)",
        "DROP TABLE auth_group",
        'UPDATE "django_sessionnot" SET x = 1',
        "CALL something()",
        "DO $$ BEGIN END $$",
    ],
)
def test_safe_request_cannot_order_a_write(client, order):
    with pytest.raises(WriteInSafeRequest):
        client.get("/sql/", {"sql": order})


def test_safe_request_reads(client):
    assert client.get("/lit/").status_code == 200


def test_post_writes(client):
    assert client.post("/ecrit/").status_code == 200
    assert Group.objects.get().name == "made by a page"


def test_guard_ends_with_the_request(client):
    client.get("/lit/")
    Group.objects.create(name="after")


def test_stream_reads_and_cannot_write(client):
    assert b"".join(client.get("/flux/").streaming_content) == b"0\n"
    response = client.get("/flux/?write")
    with pytest.raises(WriteInSafeRequest), transaction.atomic():
        b"".join(response.streaming_content)
    Group.objects.create(name="after the stream")


def test_write_in_a_page_is_an_error_page_in_production():
    client = Client(raise_request_exception=False)
    with transaction.atomic():
        assert client.get("/ecrit/").status_code == 500
        transaction.set_rollback(True)
    assert not Group.objects.exists()


def test_session_ended_by_a_new_password_is_forgotten_by_a_get(client, rf):
    """Django deletes such a session on whatever request brings it: the one write that a GET may do."""
    user = User.objects.create_superuser("anima", password="first")
    client.force_login(user)
    user.set_password("second")
    user.save()
    response = client.get("/admin/")
    assert response.status_code == 302
    assert not Session.objects.exists()


def test_public_page_is_kept_by_anyone_and_shown_after_asking(client):
    first = client.get("/lit/")
    assert first["Cache-Control"] == "no-cache"
    again = client.get("/lit/", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    Group.objects.create(name="new")
    assert client.get("/lit/", headers={"If-None-Match": first["ETag"]}).content == b"1 "


def test_page_of_someone_logged_in_is_private(client):
    client.force_login(User.objects.create_user("anima"))
    assert client.get("/lit/")["Cache-Control"] == "no-cache, private"


def test_page_that_decides_is_obeyed(client):
    assert client.get("/garde/")["Cache-Control"] == "no-store"


def test_headers_of_a_page(client):
    response = client.get("/lit/")
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "camera=()" in response["Permissions-Policy"]
