"""A screening as a file: for reference managers, or as a table."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from functions.status.screenings.view import decided, reference_of
from shared.clean.formula import harmless
from shared.records.references import Judged

MEDIA_TYPES = {
    "ris": "application/x-research-info-systems",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_MOST_CHARACTERS = 32_767
"""That a cell of a workbook holds."""


def export(references: Sequence[Judged], format_: str) -> bytes:
    """Return the file; `format_` is a key of MEDIA_TYPES."""
    if format_ == "ris":
        return _ris(references)
    rows = [_row(each) for each in references]
    return _csv(rows) if format_ == "csv" else _xlsx(rows)


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


def _row(judged: Judged) -> dict[str, str | int | float | None]:
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


def _csv(rows: Sequence[dict[str, str | int | float | None]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    if rows:
        writer.writerow(rows[0])
    for row in rows:
        writer.writerow([harmless(v) if isinstance(v, str) else v for v in row.values()])
    return ("\ufeff" + out.getvalue()).encode()


def _xlsx(rows: Sequence[dict[str, str | int | float | None]]) -> bytes:
    from rustpy_xlsxwriter import FastExcel  # noqa: PLC0415

    cut = [
        {k: v[:_MOST_CHARACTERS] if isinstance(v, str) else v for k, v in row.items()}
        for row in rows
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "screening.xlsx"
        book = FastExcel(str(path), output_format="xlsx")
        book.sheet("References", iter(cut))
        book.freeze(row=1).save()
        return path.read_bytes()
