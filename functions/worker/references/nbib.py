"""PubMed's own format."""

from __future__ import annotations

import re
from collections import defaultdict

from functions.worker.references.text import digits_of, doi_of, tidy, year_of
from shared.screening.reference import Reference

_FIELD = re.compile(r"([A-Z]{2,4}) *- (.*)")
_RECORDS = re.compile(r"\n\s*\n(?=PMID)")


def read(text: str) -> list[Reference]:
    """Return the references."""
    records = _RECORDS.split(text.replace("\r\n", "\n").strip())
    return [_reference(_fields(record)) for record in records if record.strip()]


def _fields(record: str) -> dict[str, list[str]]:
    """Return each field's values; a line that begins with blanks goes on with the one before."""
    fields: dict[str, list[str]] = defaultdict(list)
    last: list[str] = []
    for line in record.splitlines():
        if found := _FIELD.match(line):
            last = fields[found[1]]
            last.append(found[2].strip())
        elif last:
            last[-1] += " " + line.strip()
    return fields


def _reference(fields: dict[str, list[str]]) -> Reference:
    def one(*names: str) -> str:
        return next((tidy(fields[name][0]) for name in names if fields.get(name)), "")

    ids = [*fields.get("LID", []), *fields.get("AID", [])]
    return Reference(
        number=0,
        title=one("TI", "BTI", "TT"),
        abstract=one("AB"),
        authors=fields.get("FAU") or fields.get("AU") or [],
        year=year_of(one("DP", "EDAT")),
        journal=one("JT", "TA"),
        doi=next((doi_of(each) for each in ids if "[doi]" in each), ""),
        pmid=digits_of(one("PMID")),
        keywords=[*fields.get("MH", []), *fields.get("OT", [])],
    )
