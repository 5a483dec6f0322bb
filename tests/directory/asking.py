"""A page of results as a visitor reads it: who, in what order, why, bound how, and which ways on."""

from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import parse_qs, urlencode

import lxml.html
from django.test import Client

from .pages import assert_sound


def words(node) -> str:
    """The text of a node on one line, its no-break spaces as plain ones."""
    return " ".join(node.text_content().replace("\u202f", " ").replace("\xa0", " ").split())


@dataclass(frozen=True)
class Option:
    """A choice of a facet; `count` None where there are too many to count."""

    count: int | None
    checked: bool
    label: str


@dataclass(frozen=True)
class Results:
    url: str
    html: str = field(repr=False)

    @cached_property
    def tree(self):
        return lxml.html.fromstring(self.html)

    @property
    def slugs(self) -> list[str]:
        """Who is shown on this page, in order."""
        links = self.tree.xpath('//ul[@class="results"]/li//h3/a/@href')
        return [link.removeprefix("/acteurs/").strip("/") for link in links]

    @property
    def count(self) -> int:
        """How many results the page says there are."""
        (head,) = self.tree.xpath('//h2[@id="nombre"]')
        return int("".join(char for char in words(head) if char.isdigit()))

    @property
    def text(self) -> str:
        (main,) = self.tree.xpath("//main")
        return words(main)

    @property
    def bonds(self) -> dict[str, str]:
        """The bond to the place of each actor: « Dans une partie | 40 % des habitants »."""
        found = {}
        for slug, row in zip(self.slugs, self.tree.xpath('//ul[@class="results"]/li'), strict=True):
            parts = row.xpath('./p[@class="bond"]/*')
            found[slug] = " | ".join(words(part) for part in parts)
        return found

    @property
    def reasons(self) -> dict[str, str]:
        """Why each actor is there, with its marks: « fonction « cheffe de <mark>projet</mark> » »."""
        found = {}
        for slug, row in zip(self.slugs, self.tree.xpath('//ul[@class="results"]/li'), strict=True):
            found[slug] = " ".join(words(part) for part in row.xpath('.//p[@class="why"]'))
        return found

    @property
    def chips(self) -> dict[str, str]:
        """What narrows the search, with the address of the search without it."""
        chips = self.tree.xpath('//a[contains(@class, "chip") and contains(@class, "on")]')
        return {words(chip).removeprefix("Retirer le filtre "): chip.get("href") for chip in chips}

    @property
    def facets(self) -> dict[str, dict[str, Option]]:
        found: dict[str, dict[str, Option]] = {}
        for box in self.tree.xpath('//fieldset[contains(@class, "facet")]//input'):
            label = box.getparent()
            (shown,) = label.xpath('./span[@class="count"]/text()[1]') or [""]
            number = "".join(char for char in shown if char.isdigit())
            name = words(label.xpath("./span")[0])
            option = Option(int(number) if number else None, box.get("checked") is not None, name)
            found.setdefault(box.get("name"), {})[box.get("value")] = option
        return found

    @property
    def links(self) -> dict[str, str]:
        """Every link of the page's content, by its text."""
        return {words(link): link.get("href") for link in self.tree.xpath("//main//a[@href]")}

    @property
    def marks(self) -> set[str]:
        return {words(mark) for mark in self.tree.xpath('//p[@class="why"]//mark')}


class Visitor:
    """`visitor.asks(q="débat", nature=["association"])` reads a page of results; each must be a sound page."""

    def __init__(self, client: Client):
        self.client = client

    def asks(self, **query) -> Results:
        return self.follows(f"/acteurs/?{urlencode(query, doseq=True)}")

    def follows(self, url: str) -> Results:
        response = self.client.get(url)
        assert response.status_code == 200, (url, response.status_code)
        html = response.content.decode()
        assert_sound(html)
        return Results(url, html)

    def finds(self, **query) -> set[str]:
        """Everybody, from page to page."""
        return set(self.lists(**query))

    def lists(self, **query) -> list[str]:
        """Everybody in order, from page to page."""
        page = self.asks(**query)
        found = list(page.slugs)
        while following := page.tree.xpath('//a[@rel="next"]/@href'):
            query["page"] = parse_qs(following[0].lstrip("?"))["page"][0]
            page = self.asks(**query)
            found += page.slugs
        return found
