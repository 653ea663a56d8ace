"""An Excel workbook of one sheet, with real dates and without anything that runs as a formula."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from typing import IO, Final

from shared.clean.column import ColumnType
from shared.clean.excel import MAX_COLUMNS, MAX_ROWS, cut
from shared.clean.formula import harmless
from shared.clean.manifest import Manifest
from shared.clean.read import selected
from shared.clean.selection import Selection
from shared.clean.xlsx_cells import xlsx_columns
from shared.errors import Unprocessable
from shared.storage import Store

_PIECE = 1 << 20
_FORMATS: Final[dict[ColumnType, str]] = {
    "date": "yyyy-mm-dd",
    "datetime": "yyyy-mm-dd hh:mm:ss",
    "time": "hh:mm:ss",
    "duration": "[h]:mm:ss",
}


def export_xlsx(
    store: Store,
    manifest: Manifest,
    selection: Selection | None = None,
    *,
    neutralise: bool = False,
) -> Iterator[bytes]:
    """Write the workbook to a temporary file and yield that; raises Unprocessable if too large.

    Texts are texts and never run; `neutralise` puts an apostrophe before what looks like a formula
    all the same, for those who save the workbook as CSV.
    """
    selection = selection or Selection.of(manifest)
    if not selection.conditions:
        _refuse_too_large(manifest.total_rows, selection)
    file = tempfile.NamedTemporaryFile(suffix=".xlsx")  # noqa: SIM115 - _pieces closes it
    try:
        _write(store, manifest, selection, file.name, neutralise=neutralise)
    except BaseException:
        file.close()
        raise
    return _pieces(file)


def _refuse_too_large(rows: int, selection: Selection) -> None:
    columns = len(selection.positions)
    if rows > MAX_ROWS or columns > MAX_COLUMNS:
        raise Unprocessable(
            f"An Excel sheet holds at most {MAX_ROWS:,} rows and {MAX_COLUMNS:,} columns; this "
            f"data has {rows:,} and {columns:,}. Export it as csv or parquet."
        )


def _write(
    store: Store, manifest: Manifest, selection: Selection, path: str, *, neutralise: bool
) -> None:
    from rustpy_xlsxwriter import FastExcel, Format  # noqa: PLC0415

    columns = selection.columns(manifest)
    names = [cut(harmless(each.name) if neutralise else each.name) for each in columns]
    formats = {
        name: Format().set_num_format(_FORMATS[column.type])
        for name, column in zip(names, columns, strict=True)
        if column.type in _FORMATS
    }
    book = FastExcel(path, output_format="xlsx")
    book.sheet(
        "Data",
        _records(store, manifest, selection, names, neutralise=neutralise),
        column_formats=formats,
        header_format=Format().set_bold(),
    )
    book.freeze(row=1).save()


def _records(
    store: Store,
    manifest: Manifest,
    selection: Selection,
    names: list[str],
    *,
    neutralise: bool,
) -> Iterator[dict[str, object]]:
    rows = 0
    for table in selected(store, manifest, selection):
        rows += table.num_rows
        _refuse_too_large(rows, selection)
        cells = xlsx_columns(table, selection.positions, neutralise=neutralise)
        for row in zip(*cells, strict=True):
            yield dict(zip(names, row, strict=True))


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(_PIECE):
            yield piece
