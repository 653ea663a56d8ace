"""A screening as a file: for reference managers, or as a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from functions.status.language.table import MEDIA_TYPES as TABLES
from functions.status.language.table import Row, table_of
from functions.status.screenings.view import decided, reference_of
from shared.records.references import Judged

MEDIA_TYPES = {"ris": "application/x-research-info-systems", **TABLES}


def export(references: Sequence[Judged], format_: str) -> bytes:
    """Return the file; `format_` is a key of MEDIA_TYPES."""
    if format_ == "ris":
        return _ris(references)
    rows = [_row(each) for each in references]
    return table_of(rows, format_, sheet="References")


def _ris(references: Sequence[Judged]) -> bytes:
    import rispy  # noqa: PLC0415 - nobody else needs it

    entries: list[dict[str, Any]] = []
    for judged in references:
        each = reference_of(judged)
        said = [f"outcome: {decided(judged.outcome, judged.human)}"]
        said += [f"reason: {judged.human_reason}"] if judged.human_reason else []
        entry = {
            "type_of_reference": "JOUR",
            "title": each.title,
            "abstract": each.abstract,
            "authors": each.authors,
            "year": str(each.year or ""),
            "journal_name": each.journal,
            "doi": each.doi,
            "accession_number": each.pmid,
            "keywords": each.keywords,
            "urls": [each.url] if each.url else [],
            "notes": said,
        }
        entries.append({name: value for name, value in entry.items() if value})

    class Writer(rispy.RisWriter):  # type: ignore[misc]
        """Without a number in front of each reference, which RIS does not know."""

        def set_header(self, count: int) -> str:  # noqa: ARG002
            return ""

    text: str = rispy.dumps(entries, implementation=Writer)
    return text.lstrip().encode()


def _row(judged: Judged) -> Row:
    each = reference_of(judged)
    a, b = judged.a or {}, judged.b or {}
    return {
        "number": each.number,
        "title": each.title,
        "abstract": each.abstract,
        "authors": "; ".join(each.authors),
        "year": each.year,
        "journal": each.journal,
        "doi": each.doi,
        "pmid": each.pmid,
        "duplicate of": each.duplicate_of,
        "relevance": judged.relevance,
        "model A": a.get("decision"),
        "model B": b.get("decision"),
        "models' outcome": judged.outcome,
        "decision": judged.human,
        "reason": judged.human_reason,
        "decided by": judged.human_by,
        "outcome": decided(judged.outcome, judged.human),
        "full text": judged.full_text,
        "full text reason": judged.full_text_reason,
    }
