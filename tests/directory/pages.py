"""What any page of the site must be, whatever it shows."""

import re

import html5lib


def assert_sound(html: str) -> None:
    """Valid HTML, one h1, one main with the skip link's target, a title, nothing inline that our CSP would refuse."""
    html5lib.HTMLParser(strict=True).parse(html)
    assert len(re.findall(r"<h1\b", html)) == 1
    assert len(re.findall(r'<main id="contenu"', html)) == 1
    assert re.search(r"<title>\s*\S", html)
    assert not re.search(r"<style\b|\sstyle=|\son[a-z]+=|javascript:", html)
    assert not re.search(r"<script(?![^>]*\bsrc=)", html)
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert sorted(ids) == sorted(set(ids))
