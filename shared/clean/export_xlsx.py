"""An Excel workbook of one sheet, with real dates and without anything that runs as a formula."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import IO, Final

from shared.clean.column import ColumnType
from shared.clean.manifest import Manifest
from shared.clean.read import tables
from shared.clean.table import rows_of
from shared.clean.values import EXACT_IN_JSON
from shared.errors import Unprocessable
from shared.storage import Store

MAX_ROWS, MAX_COLUMNS = 1_048_575, 16_384
"""Below the header; Excel's own limits."""
MAX_TEXT = 32_767
"""UTF-16 units that a cell can hold; a longer text is cut and ends in an ellipsis."""

_PIECE = 1 << 20
_DAY = timedelta(days=1)
_CALENDAR_START = date(1900, 3, 1)
"""Excel's calendar has a 29 February 1900: what comes before is written as text."""
_FORMATS: Final[dict[ColumnType, str]] = {
    "date": "yyyy-mm-dd",
    "datetime": "yyyy-mm-dd hh:mm:ss",
    "time": "hh:mm:ss",
    "duration": "[h]:mm:ss",
}


def export_xlsx(store: Store, manifest: Manifest) -> Iterator[bytes]:
    """Write the workbook to a temporary file and yield that; raises Unprocessable if too large."""
    _refuse_too_large(manifest)
    file = tempfile.NamedTemporaryFile(suffix=".xlsx")  # noqa: SIM115 - _pieces closes it
    try:
        _write(store, manifest, file.name)
    except BaseException:
        file.close()
        raise
    return _pieces(file)


def _refuse_too_large(manifest: Manifest) -> None:
    rows, columns = manifest.total_rows, len(manifest.columns)
    if rows > MAX_ROWS or columns > MAX_COLUMNS:
        raise Unprocessable(
            f"An Excel sheet holds at most {MAX_ROWS:,} rows and {MAX_COLUMNS:,} columns; this "
            f"data has {rows:,} and {columns:,}. Export it as csv or parquet."
        )


def _write(store: Store, manifest: Manifest, path: str) -> None:
    from rustpy_xlsxwriter import FastExcel, Format  # noqa: PLC0415

    formats = {
        _cut(column.name): Format().set_num_format(_FORMATS[column.type])
        for column in manifest.columns
        if column.type in _FORMATS
    }
    book = FastExcel(path, output_format="xlsx")
    book.sheet(
        "Data",
        _records(store, manifest),
        column_formats=formats,
        header_format=Format().set_bold(),
    )
    book.freeze(row=1).save()


def _records(store: Store, manifest: Manifest) -> Iterator[dict[str, object]]:
    names = [_cut(column.name) for column in manifest.columns]
    positions = range(len(names))
    for table in tables(store, manifest, positions):
        for row in rows_of(table, positions, _cell):
            yield dict(zip(names, row, strict=True))


def _cell(value: object) -> object:
    match value:
        case str():
            return _cut(value)
        case int() if abs(value) > EXACT_IN_JSON:
            return str(value)
        case date():
            return _dated(value)
        case time():
            moment = timedelta(hours=value.hour, minutes=value.minute, seconds=value.second)
            return (moment + timedelta(microseconds=value.microsecond)) / _DAY
        case timedelta():
            return value / _DAY
    return value


def _dated(value: date) -> date | str:
    day = value.date() if isinstance(value, datetime) else value
    return value if day >= _CALENDAR_START else str(value)


def _cut(text: str) -> str:
    if len(text) * 2 <= MAX_TEXT:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= 2 * MAX_TEXT:
        return text
    return units[: 2 * (MAX_TEXT - 1)].decode("utf-16-le", "ignore") + "…"


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(_PIECE):
            yield piece
