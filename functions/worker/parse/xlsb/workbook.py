"""An open .xlsb."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from functools import cached_property
from zipfile import ZipFile, ZipInfo

from functions.worker.parse.arrow import pa
from functions.worker.parse.cells import Row
from functions.worker.parse.workbook import Merge, SheetInfo
from functions.worker.parse.xlsb.records import Record, records, wide
from functions.worker.parse.xlsb.sheet import CELLS, MERGE, ROW, merge_of, read_rows
from functions.worker.parse.xlsx.book import Book, make_book
from functions.worker.parse.xlsx.caps import (
    refuse_many_cells,
    refuse_much_shared_text,
    room_for_shared_text,
)
from functions.worker.parse.xlsx.damage import Damaged, damage_explained
from functions.worker.parse.xlsx.formats import BUILTIN, shown_as
from functions.worker.parse.xlsx.package import Files, Package, SheetFile
from functions.worker.parse.xlsx.styles import Styles
from functions.worker.parse.zipped import ZippedWorkbook

_SHEET, _PROPERTIES, _TEXT, _FORMAT, _STYLE, _STYLES, _STYLES_END = 156, 153, 19, 44, 47, 617, 618


class XlsbWorkbook(ZippedWorkbook):
    """Read record by record; a sheet is never in memory as a whole."""

    def _open(self) -> None:
        self._package = _open_package(self._archive)

    def sheets(self) -> list[SheetInfo]:
        """Count each worksheet's rows and cells."""
        with damage_explained():
            return [self._look_at(sheet) for sheet in self._package.sheets]

    def rows(self, sheet: str, *, start: int = 0) -> Iterator[Row]:
        """Stream the sheet; a formula is its cached value, an error its text."""
        found = next(each for each in self._package.sheets if each.name == sheet)
        with damage_explained():
            yield from read_rows(self._records(found.member), self._book, start=start)

    def _look_at(self, sheet: SheetFile) -> SheetInfo:
        rows = cells = 0
        merges = []
        for kind, data in self._records(sheet.member):
            if kind == ROW:
                rows = struct.unpack_from("<I", data)[0] + 1
            elif kind in CELLS:
                cells += 1
                refuse_many_cells(cells)
            elif kind == MERGE:
                merges.append(merge_of(data))
        return SheetInfo(sheet.name, sheet.visible, rows, cells, tuple(sorted(merges, key=_place)))

    @cached_property
    def _book(self) -> Book:
        package = self._package
        strings = self._strings(package.strings) if package.strings else []
        styles = _styles(self._records(package.styles)) if package.styles else Styles([], [])
        return make_book(pa.array(strings, pa.string()), styles, from_1904=package.from_1904)

    def _strings(self, member: ZipInfo) -> list[str | None]:
        found: list[str | None] = []
        size, most = 0, room_for_shared_text()
        for kind, data in self._records(member):
            if kind == _TEXT:
                text, _ = wide(data, 1)
                size += len(data)
                refuse_much_shared_text(size, most)
                found.append(text if text and not text.isspace() else None)
        return found

    def _records(self, member: ZipInfo) -> Iterator[Record]:
        return records(self._package.pieces(member))


def _open_package(archive: ZipFile) -> Package:
    files = Files(archive)
    package = files.package
    for kind, data in records(package.pieces(files.workbook)):
        if kind == _PROPERTIES:
            package.from_1904 = bool(data[0] & 1)
        elif kind == _SHEET:
            (state,) = struct.unpack_from("<I", data)
            relation, at = wide(data, 8)
            name, _ = wide(data, at)
            member = files.worksheet(relation)
            if member is not None:
                package.sheets.append(SheetFile(name, state == 0, member))
    if not package.sheets:
        raise Damaged("The workbook has no worksheet.")
    return package


def _styles(found: Iterator[Record]) -> Styles:
    codes: dict[int, str] = {}
    numbers: list[int] = []
    inside = False
    for kind, data in found:
        if kind == _FORMAT:
            codes[struct.unpack_from("<H", data)[0]] = wide(data, 2)[0]
        elif kind in (_STYLES, _STYLES_END):
            inside = kind == _STYLES
        elif kind == _STYLE and inside:
            numbers.append(struct.unpack_from("<H", data, 2)[0])
    shown = [shown_as(number, codes.get(number)) for number in numbers]
    return Styles(shown, [codes.get(number, BUILTIN.get(number, "")) for number in numbers])


def _place(merge: Merge) -> tuple[int, int]:
    return merge.top, merge.left
