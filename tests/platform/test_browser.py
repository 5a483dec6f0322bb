"""The browser of the tests starts, shows our pages, and reports what our policy stops."""

import pytest

from tests.conftest import _keep_violations

pytestmark = pytest.mark.django_db(transaction=True)


def test_browser_shows_a_page_within_our_policy(page):
    page.goto("/admin/login/")
    assert page.locator("input[name=username]").is_visible()


def test_inline_script_is_stopped(browser, live_server):
    # A page of its own: what the policy stops would fail the fixture's.
    page = browser.new_page(base_url=live_server.url)
    page.goto("/admin/login/")
    refused = page.evaluate(
        """() => new Promise(resolve => {
            document.addEventListener("securitypolicyviolation", event => resolve(event.effectiveDirective));
            const script = document.createElement("script");
            script.textContent = "window.entered = true";
            document.head.append(script);
        })"""
    )
    assert refused == "script-src-elem"
    assert page.evaluate("window.entered") is None
    page.close()


def test_violations_are_kept():
    complaints: list[str] = []
    _keep_violations(complaints, "Refused to apply inline style: Content Security Policy directive")
    _keep_violations(complaints, "hello")
    assert len(complaints) == 1
