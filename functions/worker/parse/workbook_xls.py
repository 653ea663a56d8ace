"""Excel's old .xls, read by xlrd; what it refuses is left to calamine, which is less exact."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from struct import error as StructError  # noqa: N812
from typing import Any, Final

import xlrd

from functions.worker.parse.binary import BinaryWorkbook
from functions.worker.parse.cells import Cell, Row
from functions.worker.parse.workbook import Merge, SheetInfo, Workbook
from functions.worker.parse.workbook_calamine import CalamineWorkbook
from functions.worker.parse.xlsx.book import NO_STRINGS, Book, make_book
from functions.worker.parse.xlsx.formats import Shown, shown_as
from functions.worker.parse.xlsx.styles import Styles

_REFUSALS: Final = (
    *(xlrd.XLRDError, StructError, AssertionError),
    *(LookupError, ValueError, TypeError, AttributeError, OverflowError),
)
"""What xlrd raises on a file that breaks the format, or bends it."""
_BLANK = (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK)


def open_xls(path: Path) -> AbstractContextManager[Workbook]:
    """Open an .xls; raises Unrecoverable when neither of the readers can."""
    try:
        return XlsWorkbook(path)
    except _REFUSALS:
        return CalamineWorkbook(path)


class XlsWorkbook(BinaryWorkbook):
    """An open workbook. It is in memory as a whole, but not as wide as its widest row."""

    def __init__(self, path: Path) -> None:
        self._book: Any = xlrd.open_workbook(
            str(path), formatting_info=True, ragged_rows=True, logfile=_Nowhere()
        )
        self._common = _common(self._book)

    def sheets(self) -> list[SheetInfo]:
        """Count each worksheet's rows and cells."""
        return [_look_at(sheet) for sheet in self._book.sheets()]

    def rows(self, sheet: str, *, start: int = 0) -> Iterator[Row]:
        """Yield the rows; a formula is its cached value, an error its text."""
        found = self._book.sheet_by_name(sheet)
        for position in range(start, found.nrows):
            cells = found.row(position)
            if cells:
                yield position, [self._cell(cell) for cell in cells]

    def _close(self) -> None:
        self._book.release_resources()

    def _cell(self, cell: Any) -> Cell:  # noqa: ANN401 - xlrd has no types
        value = cell.value
        match cell.ctype:
            case xlrd.XL_CELL_TEXT:
                return str(value) if value and not value.isspace() else None
            case xlrd.XL_CELL_NUMBER | xlrd.XL_CELL_DATE:
                return self._common.shown(value, cell.xf_index)
            case xlrd.XL_CELL_BOOLEAN:
                return bool(value)
            case xlrd.XL_CELL_ERROR:
                return str(xlrd.error_text_from_code.get(value, "#VALUE!"))
        return None


def _common(book: Any) -> Book:  # noqa: ANN401
    formats = [book.format_map.get(style.format_key) for style in book.xf_list]
    codes = [each.format_str if each is not None else "" for each in formats]
    shown = [shown_as(0, code) if code else Shown.NUMBER for code in codes]
    return make_book(NO_STRINGS, Styles(shown, codes), from_1904=bool(book.datemode))


def _look_at(sheet: Any) -> SheetInfo:  # noqa: ANN401
    cells = sum(
        cell.ctype not in _BLANK and cell.value != ""
        for position in range(sheet.nrows)
        for cell in sheet.row(position)
    )
    merges = sorted(
        (top, left, bottom - 1, right - 1) for top, bottom, left, right in sheet.merged_cells
    )
    visible = sheet.visibility == 0
    return SheetInfo(sheet.name, visible, sheet.nrows, cells, tuple(Merge(*m) for m in merges))


class _Nowhere:
    def write(self, text: str) -> None:
        """Do without what xlrd tells of oddities."""
