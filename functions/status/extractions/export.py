"""Extracted values as a table."""

from __future__ import annotations

from collections.abc import Iterable

from functions.status.extractions.models import ExtractedText
from functions.status.language.table import Row, table_of


def export(texts: Iterable[ExtractedText], format_: str) -> bytes:
    """Return the file: for each text a row, for each field its value, how it was found, where."""
    return table_of([_row(each) for each in texts], format_, sheet="Values")


def _row(text: ExtractedText) -> Row:
    row: dict[str, str | int | float | None] = {"number": text.number, "text": text.text}
    for each in text.values:
        row[each.field] = each.value
        row[f"{each.field} (found)"] = each.found or each.agreement
        row[f"{each.field} (quote)"] = (
            text.text[each.span.start : each.span.end] if each.span else None
        )
    return row
