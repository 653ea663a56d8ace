"""RIS, by rispy."""

from __future__ import annotations

from typing import Any

import rispy

from functions.worker.references.text import digits_of, doi_of, tidy, year_of
from shared.errors import Unrecoverable
from shared.screening.reference import Reference

_TITLES = ("title", "primary_title", "short_title")
_ABSTRACTS = ("abstract", "notes_abstract")
_JOURNALS = ("journal_name", "secondary_title", "alternate_title1", "alternate_title3")


def read(text: str) -> list[Reference]:
    """Return the references; raises Unrecoverable where the file breaks off or is none."""
    try:
        entries = rispy.loads(text, skip_unknown_tags=True)
    except (OSError, ValueError, KeyError, IndexError, rispy.parser.ParseError) as error:
        raise Unrecoverable(f"The RIS file cannot be read: {error}.") from error
    return [_reference(entry) for entry in entries]


def _reference(entry: dict[str, Any]) -> Reference:
    return Reference(
        number=0,
        title=_first(entry, _TITLES),
        abstract=_first(entry, _ABSTRACTS),
        authors=[tidy(each) for each in entry.get("authors") or entry.get("first_authors") or []],
        year=year_of(entry.get("year") or entry.get("publication_year") or entry.get("date")),
        journal=_first(entry, _JOURNALS),
        doi=doi_of(entry.get("doi")),
        pmid=_pmid(entry),
        keywords=[tidy(each) for each in entry.get("keywords") or []],
        url=tidy(next(iter(entry.get("urls") or []), "")),
    )


def _first(entry: dict[str, Any], names: tuple[str, ...]) -> str:
    return next((tidy(entry[name]) for name in names if entry.get(name)), "")


def _pmid(entry: dict[str, Any]) -> str:
    """PubMed's exports put it into the accession number, others into a note."""
    accession = str(entry.get("accession_number") or "")
    return digits_of(accession) if accession.strip().isdecimal() else ""
