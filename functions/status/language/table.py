"""Rows as a file: a download is read by people in a spreadsheet's program."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from shared.clean.excel import cut
from shared.clean.formula import harmless

Row = Mapping[str, str | int | float | None]

MEDIA_TYPES: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def table_of(rows: Sequence[Row], format_: str, *, sheet: str) -> bytes:
    """Return the file; `format_` is a key of MEDIA_TYPES, `sheet` the workbook's only sheet.

    All rows have the same columns. No text is a formula in it.
    """
    return _csv(rows) if format_ == "csv" else _xlsx(rows, sheet)


def _csv(rows: Sequence[Row]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    if rows:
        writer.writerow([harmless(name) for name in rows[0]])
    for row in rows:
        writer.writerow([harmless(v) if isinstance(v, str) else v for v in row.values()])
    return ("\ufeff" + out.getvalue()).encode()


def _xlsx(rows: Sequence[Row], sheet: str) -> bytes:
    from rustpy_xlsxwriter import FastExcel  # noqa: PLC0415 - for downloads alone

    fitting = ({k: cut(v) if isinstance(v, str) else v for k, v in row.items()} for row in rows)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.xlsx"
        book = FastExcel(str(path), output_format="xlsx")
        book.sheet(sheet, fitting)
        book.freeze(row=1).save()
        return path.read_bytes()
