"""WCAG 2.2 AA, as far as axe-core can tell, in every view, language and theme."""

from __future__ import annotations

from itertools import product

import httpx
import pytest

from local.web_build import WEB, install
from tests.browser.conftest import SAMPLE
from tests.browser.views import LANGUAGES, THEMES, VIEWS, make, opened

# What a dialog covers is another view.
RUN = """async () => (await axe.run(document.querySelector("[role=dialog]") ?? document, {
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
})).violations.map(({id, nodes}) => `${id}: ${nodes.map((node) => node.html).join(" | ")}`)"""


@pytest.fixture(scope="module")
def axe() -> str:
    install()
    return (WEB / "node_modules" / "axe-core" / "axe.min.js").read_text()


@pytest.fixture(scope="module")
def made(system):
    with httpx.Client(base_url=system.url, timeout=60) as client:
        return make(client, SAMPLE.read_bytes())


# A phone differs by its layout alone, which one combination shows.
HEIGHT = 560  # few rows: they are all alike
LOOKS = [*product(LANGUAGES, THEMES, [1440]), ("zh-CN", "dark", 390)]


@pytest.mark.parametrize(("language", "theme", "width"), LOOKS)
def test_no_view_has_a_violation(browser, system, made, axe, theme, language, width):
    context = opened(
        browser, system.url, theme=theme, language=language, width=width, height=HEIGHT
    )
    page = context.new_page()
    found = {}
    for name, show in VIEWS.items():
        show(page, made)
        page.evaluate(axe)
        if violations := page.evaluate(RUN):
            found[name] = violations
    context.close()
    assert found == {}


def test_no_view_is_wider_than_a_phone(browser, system, made):
    context = opened(browser, system.url, theme="light", language="en", width=390, height=844)
    page = context.new_page()
    widths = {}
    for name, show in VIEWS.items():
        show(page, made)
        widths[name] = page.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert widths == dict.fromkeys(VIEWS, 390)
