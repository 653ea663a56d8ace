"""CSV that Excel opens well: UTF-8 with a byte order mark, and no text that runs as a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from shared.clean.manifest import Manifest
from shared.clean.read import tables
from shared.clean.table import rows_of
from shared.clean.values import duration_text
from shared.storage import Store

_BYTE_ORDER_MARK = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[+-]?[0-9][0-9.,]*%?")


def export_csv(store: Store, manifest: Manifest) -> Iterator[bytes]:
    """Yield the file, one row group at a time."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    buffer.write(_BYTE_ORDER_MARK)
    writer.writerow([_field(column.name) for column in manifest.columns])
    positions = range(len(manifest.columns))
    for table in tables(store, manifest, positions):
        writer.writerows(rows_of(table, positions, _field))
        yield buffer.getvalue().encode()
        buffer.seek(0)
        buffer.truncate()


def _field(value: object) -> object:
    match value:
        case str():
            return _harmless(value)
        case bool():
            return "TRUE" if value else "FALSE"
        case datetime():
            return value.isoformat(sep=" ")
        case date() | time():
            return value.isoformat()
        case timedelta():
            return duration_text(value)
    return value


def _harmless(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would take for a formula."""
    if text.startswith(_FORMULA) and not _NUMBER.fullmatch(text):
        return f"'{text}"
    return text
