"""Sixty telephones behind one address send at the same moment, to the production server and a real database."""

import json
import re
from concurrent.futures import ThreadPoolExecutor
from http.cookiejar import CookieJar
from threading import Barrier
from time import perf_counter
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener
from uuid import uuid4

from ecosystems.models import Drawing, DrawnTie, Sending
from tests.factories.ecosystems import CollectionFactory

PHONES, TIES = 60, 8


class Phone:
    """A browser reduced to its cookies."""

    def __init__(self, url: str, number: int):
        self.url, self.key = url, str(uuid4())
        self.browser = build_opener(HTTPCookieProcessor(CookieJar()))
        who = {"organisation": f"Commune {number}"}
        ties = [
            {"who": f"Partenaire {n}", "subject": "mobilité", "frequency": "monthly"} for n in range(TIES)
        ]
        self.drawing = json.dumps({"who": who, "ties": ties})

    def open(self) -> None:
        page = self.browser.open(self.url, timeout=30).read().decode()
        self.token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]

    def send(self) -> tuple[int, float]:
        sent = {"key": self.key, "revision": 1, "drawing": self.drawing, "csrfmiddlewaretoken": self.token}
        start = perf_counter()
        answer = self.browser.open(f"{self.url}envoi", urlencode(sent).encode(), timeout=30)
        return answer.status, perf_counter() - start


def test_sixty_telephones_at_once(production_server):
    url = f"{production_server.url}{CollectionFactory().get_absolute_url()}"
    phones = [Phone(url, number) for number in range(PHONES)]
    together = Barrier(PHONES)

    def send_twice(phone: Phone) -> list[tuple[int, float]]:
        """The same again at once: an impatient thumb, or an answer that was lost."""
        together.wait(timeout=60)
        return [phone.send(), phone.send()]

    with ThreadPoolExecutor(PHONES) as pool:
        list(pool.map(Phone.open, phones))
        start = perf_counter()
        answers = [answer for answers in pool.map(send_twice, phones) for answer in answers]
        elapsed = perf_counter() - start
    assert {status for status, _ in answers} == {200}
    assert Drawing.objects.filter(state=Sending.SENT).count() == PHONES
    assert DrawnTie.objects.count() == PHONES * TIES
    slowest = max(seconds for _, seconds in answers)
    print(  # noqa: T201  # a figure that the docs give
        f"\n{PHONES} telephones, {2 * PHONES} sendings of {TIES} ties: "
        f"all in {elapsed:.2f} s, the slowest in {slowest:.2f} s"
    )
