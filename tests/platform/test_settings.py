"""Each variable of the environment: read, documented, refused with a sentence that says what to do."""

import os
import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.environment import env

ROOT = Path(__file__).resolve().parents[2]
KEY = "a-key-of-the-tests-" + "0123456789" * 4
PRODUCTION = {
    "SECRET_KEY": KEY,
    "WITHDRAWAL_KEY": KEY,
    "ALLOWED_HOSTS": "annuaire.example.fr",
    "DATABASE_URL": "postgres://reader:p%40ss@db.example.fr:5433/annuaire",
}


@pytest.fixture
def settings_of(monkeypatch):
    """`settings_of(HTTPS="0")`: what config/settings.py makes of an environment that holds nothing else."""

    def read(_base=PRODUCTION, **variables):
        for name in env.dump():
            monkeypatch.delenv(name, raising=False)
        for name, value in {**_base, **variables}.items():
            if value is not None:
                monkeypatch.setenv(name, value)
        return runpy.run_path(str(ROOT / "config" / "settings.py"))

    return read


def documented() -> dict[str, str]:
    """Name → default, from the README's table."""
    section = (ROOT / "README.md").read_text().split("\n## Settings\n")[1].split("\n## ")[0]
    rows = re.findall(r"^\| `([A-Z_]+)` \| [^|]+ \| ([^|]+) \|", section, re.MULTILINE)
    return {name: default.strip() for name, default in rows}


def test_readme_tells_every_variable_and_no_other(settings_of):
    settings_of()
    assert set(documented()) == set(env.dump())


def test_readme_tells_the_defaults(settings_of):
    found = settings_of()
    for name, default in documented().items():
        if default == "required":
            with pytest.raises(ImproperlyConfigured, match=f"{name} is not set: write"):
                settings_of(**{name: None})
        elif default == "empty":
            assert found[name] in ([], ""), name
        else:
            told = re.match(r"`([^`]+)`", default).group(1)
            assert str(int(found[name]) if isinstance(found[name], bool) else found[name]) == told, name


@pytest.mark.parametrize(
    ("name", "value", "advice"),
    [
        ("SECRET_KEY", "short", "50 random characters"),
        ("SECRET_KEY", "a" * 60, "50 random characters"),
        ("WITHDRAWAL_KEY", "django-insecure-" + KEY, "50 random characters"),
        ("DEBUG", "perhaps", "write 1 for yes"),
        ("HTTPS", "always", "write 1 for yes"),
        ("HSTS_SECONDS", "-1", "0 or more"),
        ("TRUSTED_PROXIES", "one", "how many reverse proxies"),
        ("TRUSTED_PROXIES", "-1", "how many reverse proxies"),
        ("DATABASE_URL", "sqlite:///passerelles.db", "PostgreSQL"),
        ("DATABASE_URL", "postgres://host/", "PostgreSQL"),
        ("DATABASE_URL", "nonsense", "PostgreSQL"),
        ("DATABASE_POOL", "many", "whole number"),
        ("CACHE_URL", "db://table", "redis://"),
        ("CACHE_URL", "memcached://host", "redis://"),
        ("EMAIL_URL", "smtp://", "smtp://host:25"),
        ("EMAIL_URL", "mail.example.fr", "smtp://host:25"),
        ("LOG_LEVEL", "loud", "INFO"),
    ],
)
def test_malformed_variable_says_what_to_do_without_quoting_it(settings_of, name, value, advice):
    with pytest.raises(ImproperlyConfigured) as error:
        settings_of(**{name: value})
    sentence = str(error.value)
    assert sentence.startswith(f"The environment variable {name} cannot be understood: write ")
    assert advice in sentence
    assert value not in sentence or value in advice
    assert "\n" not in sentence


def test_development_asks_for_a_database_only(settings_of):
    found = settings_of(_base={"DEBUG": "1", "DATABASE_URL": "postgres://localhost/passerelles"})
    assert found["ALLOWED_HOSTS"] == ["127.0.0.1", "localhost"]
    assert not found["SESSION_COOKIE_SECURE"]
    assert found["SECURE_HSTS_SECONDS"] == 0


def test_production_database(settings_of):
    found = settings_of()["DATABASES"]["default"]
    assert (found["HOST"], found["PORT"], found["NAME"]) == ("db.example.fr", 5433, "annuaire")
    assert (found["USER"], found["PASSWORD"]) == ("reader", "p@ss")
    assert found["CONN_MAX_AGE"] == 60
    assert found["OPTIONS"]["options"] == (
        "-c statement_timeout=10000 -c lock_timeout=3000 -c idle_in_transaction_session_timeout=60000"
    )


def test_socket_keeps_its_capitals(settings_of):
    found = settings_of(DATABASE_URL="postgres://me@/annuaire?host=/run/My%20Sockets")["DATABASES"]["default"]
    assert found["HOST"] == "/run/My Sockets"


def test_pool_takes_the_place_of_kept_connections(settings_of):
    found = settings_of(DATABASE_POOL="6")["DATABASES"]["default"]
    assert found["CONN_MAX_AGE"] == 0
    assert found["OPTIONS"]["pool"]["max_size"] == 6


def test_no_timeout_sends_no_option(settings_of):
    found = settings_of(DATABASE_STATEMENT_TIMEOUT="0", DATABASE_LOCK_TIMEOUT="0")
    assert "options" not in found["DATABASES"]["default"]["OPTIONS"]


def test_forwarded_scheme_is_believed_behind_a_proxy_only(settings_of):
    assert "SECURE_PROXY_SSL_HEADER" not in settings_of()
    assert settings_of(TRUSTED_PROXIES="1")["SECURE_PROXY_SSL_HEADER"] == ("HTTP_X_FORWARDED_PROTO", "https")


def test_mail_server(settings_of):
    found = settings_of(EMAIL_URL="submission://me:secret@mail.example.fr:587")
    assert found["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend"
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"], found["EMAIL_USE_TLS"]) == (
        "mail.example.fr",
        587,
        True,
    )
    assert found["EMAIL_TIMEOUT"] == 10


def manage(*arguments: str, **variables: str) -> subprocess.CompletedProcess:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LD_LIBRARY_PATH") if name in os.environ}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=kept | variables,
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.mark.parametrize("command", [("manage.py", "check"), ("-c", "import config.wsgi")])
def test_start_stops_with_one_sentence(command):
    done = manage(*command, **{**PRODUCTION, "SECRET_KEY": "short"})
    assert done.returncode == 1
    assert done.stderr.startswith(
        "The environment variable SECRET_KEY cannot be understood: write at least 50"
    )
    assert done.stderr.count("\n") == 1


def test_deployment_check_is_clean():
    done = manage("manage.py", "check", "--deploy", "--fail-level", "INFO", **PRODUCTION)
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_statement_timeout_spares_commands():
    show = "from django.db import connection as c; k = c.cursor(); k.execute('SHOW statement_timeout'); print(*k)"
    variables = PRODUCTION | {"DATABASE_URL": os.environ["DATABASE_URL"]}
    assert manage("manage.py", "shell", "-v0", "-c", show, **variables).stdout == "('0',)\n"
    shown = manage("manage.py", "shell", "-v0", "-c", show, **variables, DATABASE_STATEMENT_TIMEOUT="1500")
    assert shown.stdout == "('1500ms',)\n"
