"""The rows and merged ranges of a worksheet."""

from __future__ import annotations

import math
import struct
from collections.abc import Iterable, Iterator

from functions.worker.parse.cells import Cell, Row
from functions.worker.parse.workbook import Merge
from functions.worker.parse.xlsb.records import Record, wide
from functions.worker.parse.xlsx.book import Book
from functions.worker.parse.xlsx.damage import Damaged
from shared.clean.excel import MAX_COLUMNS

ROW, MERGE = 0, 176
CELLS = frozenset((*range(2, 12), *range(13, 19), 62))
"""Records of cells that are not blank."""

_RK, _ERROR, _BOOLEAN, _REAL, _TEXT, _SHARED, _RICH = 2, 3, 4, 5, 6, 7, 62
_SAME = {8: _TEXT, 9: _REAL, 10: _BOOLEAN, 11: _ERROR}
"""Formulas, by what their value is."""
_SHORT = 11
"""What the kind of a cell is larger by when it stands right of the one before."""
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}


def read_rows(records: Iterable[Record], book: Book, *, start: int = 0) -> Iterator[Row]:
    """Yield the rows with a value from position `start` on; raises Damaged."""
    position, column, row = -1, -1, list[Cell]()
    for kind, data in records:
        if kind == ROW:
            if row and position >= start:
                yield position, row
            (position,) = struct.unpack_from("<I", data)
            column, row = -1, []
        elif kind in CELLS and position >= start:
            column, cell = _cell(kind, data, column, book)
            if not 0 <= column < MAX_COLUMNS:
                raise Damaged("A cell stands beyond the last column.")
            if cell is not None:
                row.extend([None] * (column + 1 - len(row)))
                row[column] = cell
    if row and position >= start:
        yield position, row


def merge_of(data: bytes) -> Merge:
    """Return the range of a MERGE record."""
    top, bottom, left, right = struct.unpack_from("<IIII", data)
    return Merge(top, left, bottom, right)


def _cell(kind: int, data: bytes, before: int, book: Book) -> tuple[int, Cell]:
    if kind in (_RICH, *range(2, 12)):
        column, style = struct.unpack_from("<II", data)
        at = 8
    else:
        column, (style,), at = before + 1, struct.unpack_from("<I", data), 4
        kind -= _SHORT
    return column, _value(_SAME.get(kind, kind), data, at, style & 0xFFFFFF, book)


def _value(kind: int, data: bytes, at: int, style: int, book: Book) -> Cell:
    if kind == _RK:
        return book.shown(_rk(struct.unpack_from("<I", data, at)[0]), style)
    if kind == _REAL:
        (number,) = struct.unpack_from("<d", data, at)
        return book.shown(number, style) if math.isfinite(number) else "#NUM!"
    if kind == _SHARED:
        return book.shared(struct.unpack_from("<I", data, at)[0])
    if kind == _BOOLEAN:
        return bool(data[at])
    if kind == _ERROR:
        return _ERRORS.get(data[at], "#VALUE!")
    text, _ = wide(data, at + (kind == _RICH))
    return text if text and not text.isspace() else None


def _rk(packed: int) -> float:
    """Return the number that Excel has packed into 30 bits and two flags."""
    if packed & 2:
        value = float(struct.unpack("<i", struct.pack("<I", packed))[0] >> 2)
    else:
        (value,) = struct.unpack("<d", struct.pack("<Q", (packed & ~3) << 32))
    return value / 100 if packed & 1 else value
