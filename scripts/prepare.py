"""What `make demo` needs before it serves: tables, territories, the report, an administrator, static files.

Run by scripts/demo.py with the settings in the environment. Each step looks first: a second run repeats nothing, and
overwrites nothing that someone changed.
"""

import secrets
import sys
from hashlib import sha256
from importlib.metadata import distributions
from io import StringIO
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import django

django.setup()

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from scripts.console import DATA, say, step
from territories.models import Territory
from workshops.models import Workshop

REGION = "84"  # Auvergne-Rhône-Alpes: enough for the report; `load_territories` alone loads all of France
REPORT = "clermont-ferrand-2022"
ADMINISTRATOR = "admin"


def migrate() -> None:
    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if pending:
        with step(f"Making the tables ({len(pending)} migrations)"):
            call_command("migrate", verbosity=0, interactive=False)


def roles() -> None:
    """The groups « animateur » and « relecteur », to give accounts in the administration."""
    call_command("create_roles", stdout=StringIO())


def load() -> None:
    if not Territory.objects.exists():
        with step("Loading the territories of Auvergne-Rhône-Alpes"):
            call_command("load_territories", region=[REGION])
    if not Workshop.objects.exists():
        with step("Loading the report of the Clermont-Ferrand workshop"):
            call_command("load_fixture", REPORT)


def collect() -> None:
    """Static files, gathered again only when one of ours or a package changed."""
    ours = [
        f"{path} {path.stat().st_mtime_ns} {path.stat().st_size}"
        for folder in settings.STATICFILES_DIRS
        for path in sorted(Path(folder).rglob("*"))
    ]
    packages = sorted(f"{package.name} {package.version}" for package in distributions())
    mark = sha256("\n".join([*ours, *packages]).encode()).hexdigest()
    stamp = DATA / "static.stamp"
    if stamp.exists() and stamp.read_text() == mark and (settings.STATIC_ROOT / "staticfiles.json").exists():
        return
    with step("Gathering and compressing the static files"):
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(mark)


def administrator() -> None:
    users = get_user_model().objects
    existing = users.filter(is_superuser=True, is_active=True).order_by("pk").first()
    if existing:
        name = existing.get_username()
        say(f'The administrator is "{name}". Password lost? make manage ARGS="changepassword {name}"')
        return
    password = secrets.token_urlsafe(12)
    users.create_superuser(ADMINISTRATOR, password=password)
    say(f'Administrator "{ADMINISTRATOR}", password "{password}" (shown this once), for /admin/')


if __name__ == "__main__":
    migrate()
    roles()
    load()
    collect()
    administrator()
