"""BibTeX, by bibtexparser."""

from __future__ import annotations

import re

from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware
from bibtexparser.model import Entry

from functions.worker.references.text import digits_of, doi_of, tidy, year_of
from shared.screening.reference import Reference

_AND = re.compile(r"\s+and\s+")


def read(text: str) -> list[Reference]:
    """Return the references; entries that cannot be read are left out."""
    library = parse_string(text, append_middleware=[LatexDecodingMiddleware()])
    return [_reference(entry) for entry in library.entries]


def _reference(entry: Entry) -> Reference:
    fields = {field.key.lower(): str(field.value) for field in entry.fields}

    def one(*names: str) -> str:
        found = next((fields[name] for name in names if fields.get(name)), "")
        return tidy(found.replace("{", "").replace("}", ""))

    return Reference(
        number=0,
        title=one("title"),
        abstract=one("abstract"),
        authors=[tidy(each) for each in _AND.split(one("author")) if each],
        year=year_of(one("year", "date")),
        journal=one("journal", "journaltitle", "booktitle"),
        doi=doi_of(one("doi", "url")),
        pmid=digits_of(one("pmid")),
        keywords=[each.strip() for each in re.split("[,;]", one("keywords")) if each.strip()],
        url=one("url"),
    )
