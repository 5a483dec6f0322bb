"""The page to print as a PDF, where WeasyPrint and the library it draws with (Pango) are there."""

import hashlib
import mimetypes
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.cache import cache

KEPT = 3600  # seconds: drawing takes a second or two of a processor, and the same page gives the same PDF


class PdfUnavailable(RuntimeError):
    """WeasyPrint or Pango is missing on this machine."""


def is_likely() -> bool:
    """Whether WeasyPrint is installed; that Pango is too is only known by trying."""
    return find_spec("weasyprint") is not None


@lru_cache(maxsize=1)
def _weasyprint() -> Any:
    """Loaded at the first PDF only: it takes a second. None where it cannot be."""
    try:
        import weasyprint
    except (ImportError, OSError):  # OSError: Pango is not there
        return None
    return weasyprint


def as_pdf(page: str, site: str) -> bytes:
    """The HTML of `page` as a tagged PDF. Style sheets and fonts are read here: nothing is fetched from the net.

    `site`: the address of the site, for the links. Raises `PdfUnavailable`.
    """
    weasyprint = _weasyprint()
    if weasyprint is None:
        raise PdfUnavailable
    key = f"restitution-pdf:{hashlib.sha256(page.encode()).hexdigest()}"
    content = cache.get(key)
    if content is None:
        document = weasyprint.HTML(string=page, base_url=site, url_fetcher=_own_files(), media_type="print")
        content = document.write_pdf(pdf_variant="pdf/ua-1")
        cache.set(key, content, KEPT)
    return content


def _own_files() -> Any:
    """What answers the page when it asks for a file: our static files, and nothing from the net."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OwnFiles(URLFetcher):
        def fetch(self, url: str, headers: Any = None) -> Any:
            kind = mimetypes.guess_type(urlsplit(url).path)[0] or "application/octet-stream"
            return URLFetcherResponse(url, _static_file(url), {"Content-Type": kind})

    return OwnFiles()


def _static_file(url: str) -> bytes:
    """The content of a static file by its address; any other address is refused, and left out of the PDF."""
    path = unquote(urlsplit(url).path)
    if not path.startswith(settings.STATIC_URL):
        raise ValueError(f"not a static file: {path}")
    name = path.removeprefix(settings.STATIC_URL)
    found = finders.find(name)
    with Path(found).open("rb") if found else staticfiles_storage.open(name) as file:
        return file.read()
