"""Extracted values as a table."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterable
from pathlib import Path

from functions.status.extractions.models import ExtractedText
from shared.clean.formula import harmless

MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_MOST_CHARACTERS = 32_767

Row = dict[str, str | int | None]


def export(texts: Iterable[ExtractedText], format_: str) -> bytes:
    """Return the file: for each text a row, for each field its value, how it was found, where."""
    rows = [_row(each) for each in texts]
    return _csv(rows) if format_ == "csv" else _xlsx(rows)


def _row(text: ExtractedText) -> Row:
    row: Row = {"number": text.number, "text": text.text}
    for each in text.values:
        row[each.field] = each.value
        row[f"{each.field} (found)"] = each.found or each.agreement
        row[f"{each.field} (quote)"] = (
            text.text[each.span.start : each.span.end] if each.span else None
        )
    return row


def _csv(rows: list[Row]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    if rows:
        writer.writerow([harmless(name) for name in rows[0]])
    for row in rows:
        writer.writerow([harmless(v) if isinstance(v, str) else v for v in row.values()])
    return ("\ufeff" + out.getvalue()).encode()


def _xlsx(rows: list[Row]) -> bytes:
    from rustpy_xlsxwriter import FastExcel  # noqa: PLC0415

    cut = [
        {k: v[:_MOST_CHARACTERS] if isinstance(v, str) else v for k, v in row.items()}
        for row in rows
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "extraction.xlsx"
        book = FastExcel(str(path), output_format="xlsx")
        book.sheet("Values", iter(cut))
        book.freeze(row=1).save()
        return path.read_bytes()
