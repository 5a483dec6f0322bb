"""The whole site as a visitor may walk it from the home page: nothing dead, nothing unsound, nothing out of reach."""

import re
from collections import defaultdict
from urllib.parse import urldefrag, urljoin, urlsplit

import lxml.html
import pytest
from django.test import Client

from tests.directory.pages import assert_sound

# One worker walks, for all the tests of this file.
pytestmark = pytest.mark.xdist_group("crawl")
HERE = "http://testserver"
LEGAL = [
    "/accessibilite/",
    "/donnees-personnelles/",
    "/mentions-legales/",
    "/plan-du-site/",
    "/donnees-ouvertes/",
]
SECTIONS = ["/acteurs/", "/territoires/", "/ateliers/", "/constats/", "/recommandations/", "/ecosystemes/"]
# So many pages of each family are opened, of the others as many as there are: filters multiply without end, and 4 400
# communes have the same page. Twice as many are tried as links.
MOST = {"/territoires/…": 10, "/competences/…": 15, "contact": 3, "systeme": 4, "file": 8, "/acteurs/?": 10}
QUERIES = 4


def family(url: str) -> str:
    """What an address is one of: « /acteurs/… », « /acteurs/? », « contact », « reseau? », « file »."""
    parts = urlsplit(url)
    head, *rest = parts.path.strip("/").split("/")
    if "." in parts.path:  # a sheet, a calendar, a feed
        return "file"
    if len(rest) > 1:  # what hangs from a thing: its form, its drawing
        return rest[-1] + "?" * bool(parts.query)
    if parts.query:
        return f"/{head}/?"
    return f"/{head}/…" if rest else f"/{head}/".replace("//", "/")


def most(name: str) -> int:
    """How many pages of a family are opened."""
    return MOST.get(name, QUERIES if name.endswith("?") else 100)


class Crawl:
    """Opens pages from `/`, each once, and keeps what links say."""

    def __init__(self) -> None:
        self.client = Client()
        self.pages: dict[str, lxml.html.HtmlElement] = {}
        self.responses: dict[str, object] = {}
        self.links: dict[str, tuple[str, str]] = {}  # address with its fragment → where it was met
        self._opened: dict[str, int] = defaultdict(int)
        self._walk("/")

    def _walk(self, start: str) -> None:
        waiting = [start]
        seen = set(waiting)
        while waiting:
            url = waiting.pop(0)
            self._opened[family(url)] += 1
            if self._opened[family(url)] > most(family(url)):
                continue
            response = self.responses[url] = self.client.get(url)
            if response.status_code != 200 or not response.headers["Content-Type"].startswith("text/html"):
                continue
            self.pages[url] = lxml.html.fromstring(response.content.decode())
            for link in self.inside(url):
                page, _ = urldefrag(link)
                self.links.setdefault(link, (page, url))
                if page not in seen:
                    seen.add(page)
                    waiting.append(page)

    def inside(self, url: str) -> list[str]:
        """The addresses of this site that a page links to, from the root; the administration is another house."""
        found = []
        for href in self.pages[url].xpath("//a/@href"):
            address = urljoin(HERE + url, href)
            if address.startswith(HERE + "/") and not address.startswith(HERE + "/admin/"):
                found.append(address.removeprefix(HERE))
        return found

    def status(self, url: str) -> int:
        """The status of an address, once redirections are followed."""
        response = self.responses.get(url)
        if response is None or response.status_code in (301, 302):
            response = self.client.get(url, follow=True)
        return response.status_code


@pytest.fixture(scope="module")
def crawl(db, django_db_blocker):
    from .report_database import connected_to

    with django_db_blocker.unblock(), connected_to(db):
        yield Crawl()


def test_every_family_was_reached(crawl):
    families = {family(url) for url in crawl.pages}
    assert families >= {"/", *SECTIONS, *LEGAL, "/competences/", "/initiatives/", "contact", "/correction/?"}
    for head in ("acteurs", "territoires", "ateliers", "constats", "recommandations", "initiatives", "competences",
                 "ecosystemes", "sources"):  # fmt: skip
        assert f"/{head}/…" in families
    assert sum(family(url) == "/acteurs/…" for url in crawl.pages) == 52  # 29 organisations and 23 people
    # 14 initiatives and the programme, of which two are organisations as well and are told on their pages.
    initiatives = [one.status_code for url, one in crawl.responses.items() if family(url) == "/initiatives/…"]
    assert (len(initiatives), initiatives.count(302)) == (15, 2)


def test_no_link_is_dead(crawl):
    once = defaultdict(int)
    dead = {}
    for page, source in dict(crawl.links.values()).items():
        # A thousand communes and a hundred combinations of filters more would tell nothing new.
        once[family(page)] += 1
        if once[family(page)] <= 2 * most(family(page)) and crawl.status(page) != 200:
            dead[page] = source
    assert dead == {}


def test_no_anchor_is_dead(crawl):
    dead = {}
    for link, (page, source) in crawl.links.items():
        _, anchor = urldefrag(link)
        if anchor and page in crawl.pages and not crawl.pages[page].xpath("//*[@id=$name]", name=anchor):
            dead[link] = source
    assert dead == {}


def test_every_page_is_sound(crawl):
    for url in crawl.pages:
        try:
            assert_sound(crawl.responses[url].content.decode())
        except Exception as error:
            raise AssertionError(url) from error


def test_titles_tell_pages_apart(crawl):
    pages = defaultdict(list)
    for url, page in crawl.pages.items():
        if "?" not in url and family(url) != "contact":
            pages[" ".join(page.findtext(".//title").split())].append(url)
    assert {title: urls for title, urls in pages.items() if len(urls) > 1} == {}


def test_every_page_is_described(crawl):
    for url, page in crawl.pages.items():
        [description] = page.xpath("//meta[@name='description']/@content")
        assert len(description.strip()) > 20, url


def test_the_navigation_and_the_legal_pages_are_on_every_page(crawl):
    for url, page in crawl.pages.items():
        assert page.xpath("//header//nav//a/@href") == SECTIONS, url
        assert [href for href in page.xpath("//footer//a/@href") if href in LEGAL] == LEGAL, url


def test_nothing_inline_is_allowed_anywhere(crawl):
    for url, response in crawl.responses.items():
        if response.status_code == 200:
            policy = response.headers["Content-Security-Policy"]
            assert "script-src 'self'" in policy and "style-src 'self'" in policy, url
            assert not re.search(r"unsafe-|\*|data:", policy), url


def test_outside_links_are_safe(crawl):
    for url, page in crawl.pages.items():
        for link in page.xpath("//a[starts-with(@href, 'http')]"):
            assert "target" not in link.attrib, url
        assert not page.xpath("//a[not(@href)]"), url
