"""Every link of the documents leads to something that is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs.deployed import ROOT

DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), ROOT / "infra" / "README.md"])
LINK = re.compile(r"\]\((?!https?:|mailto:)([^)\s]*)\)")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_its_links_lead_somewhere(document: Path):
    text = document.read_text(encoding="utf-8")

    broken = [link for link in LINK.findall(text) if not leads_somewhere(document, link)]

    assert broken == []


def leads_somewhere(document: Path, link: str) -> bool:
    path, _, place = link.partition("#")
    target = (document.parent / path).resolve() if path else document
    if not target.exists():
        return False
    return not place or place in places(target.read_text(encoding="utf-8"))


def places(text: str) -> set[str]:
    """Return the names of a document's headings, as a page makes them of their words."""
    headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
