"""Static files as production serves them: every one that a page or a style sheet names is there."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command

ROOT = Path(settings.BASE_DIR)
NAMED = re.compile(r"""\{%\s*static\s+['"]([^'"]+)['"]""")


@pytest.fixture(scope="module", autouse=True)
def _fetched():
    if not (ROOT / "static" / "vendor" / "fonts").is_dir():
        pytest.fail("The front-end files of others are missing: python scripts/assets.py")


@pytest.mark.parametrize("template", sorted((ROOT / "templates").rglob("*.*ml")), ids=lambda path: path.name)
def test_file_named_by_a_template_exists(template):
    missing = [name for name in NAMED.findall(template.read_text()) if not finders.find(name)]
    assert missing == []


def test_production_gathers_them_all(settings, tmp_path):
    """The manifest refuses a style sheet whose picture or font is missing. (Production compresses too: not here.)"""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    manifest = (tmp_path / "staticfiles.json").read_text()
    assert "vendor/leaflet/leaflet.js" in manifest
    assert "sourceMappingURL" not in (tmp_path / "vendor" / "leaflet" / "leaflet.js").read_text()
