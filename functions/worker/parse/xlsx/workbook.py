"""An open .xlsx or .xlsm."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property, partial
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from functions.worker.parse.batches import ReadSlice, Until, never, rows_of, slices_of_rows
from functions.worker.parse.cells import Row
from functions.worker.parse.parallel import in_order
from functions.worker.parse.sheet_scan import scan_sheet
from functions.worker.parse.sheet_xml import read_rows
from functions.worker.parse.workbook import SheetInfo
from functions.worker.parse.xlsx.blocks import Block, batches_of, together
from functions.worker.parse.xlsx.book import NO_STRINGS, Book, make_book
from functions.worker.parse.xlsx.caps import Spent
from functions.worker.parse.xlsx.damage import damage_explained
from functions.worker.parse.xlsx.foreign import read_strings_by_parser
from functions.worker.parse.xlsx.inflate import PIECE
from functions.worker.parse.xlsx.kept import Kept, smaller
from functions.worker.parse.xlsx.package import SheetFile, open_package
from functions.worker.parse.xlsx.reading import blocks_of_rows, read_blocks
from functions.worker.parse.xlsx.slicing import BLOCK_BYTES, SHEET, Foreign, first_row_after, slices
from functions.worker.parse.xlsx.strings import read_strings
from functions.worker.parse.xlsx.styles import Styles, read_styles
from functions.worker.parse.zipped import ZippedWorkbook

_FEW_BYTES = 1 << 18
"""Of XML: whoever wants the first rows should not wait for many."""
_BLOCK_TEXT_BYTES = 16 << 20
_SLICE_BYTES = 8 << 20
_SMALL = 32 << 20
"""Of XML: a sheet up to here is one slice."""
_CELL_BYTES = 25
"""Of the XML of a cell that refers to a shared text, at the least."""
_CHUNK = 1 << 14
"""Given to the parser at a time: what it has read of it is all in memory."""
_ROOT = b"<worksheet><sheetData>", b"</sheetData></worksheet>"


class XlsxWorkbook(ZippedWorkbook):
    """The sheet's own `dimension` is never looked at."""

    def _open(self) -> None:
        self._package = open_package(self._archive)
        self._kept = Kept(sheet.member for sheet in self._package.sheets)

    def sheets(self) -> list[SheetInfo]:
        """Count each worksheet's rows and cells; chart sheets have none and are left out."""
        looks = in_order(partial(self._look_at, sheet) for sheet in self._package.sheets)
        with ThreadPoolExecutor(1) as pool:
            book = pool.submit(lambda: self._book)  # needed next, and meanwhile there is time
            found = list(looks)
            book.result()
        return found

    def rows(self, sheet: str, *, start: int = 0) -> Iterator[Row]:
        """Stream the sheet by small blocks; a formula is its cached value."""
        try:
            for read in self._blocks(sheet, start, _FEW_BYTES, _FEW_BYTES):
                for block in read().blocks:
                    for batch in batches_of([block]):
                        yield from rows_of(batch)
        except Foreign:
            yield from self._foreign(sheet, start)

    def slices(self, sheet: str, *, start: int = 0, until: Until = never) -> Iterator[ReadSlice]:
        """Cut the sheet while it is inflated; blocks wholly above `start` are passed over."""
        stated = self._file(sheet).member.file_size
        whole = _SMALL if stated <= _SMALL else _SLICE_BYTES
        size = _block_bytes(self._book)
        try:
            read = in_order(self._blocks(sheet, start, size, whole, until))
            for _, parts in groupby(read, key=attrgetter("slice")):
                for batch in together(block for part in parts for block in part.blocks):
                    yield partial(batches_of, batch)
        except Foreign:
            yield from slices_of_rows(self._foreign(sheet, start), until=until)

    def _blocks(
        self, sheet: str, start: int, size: int, whole: int, until: Until = never
    ) -> Iterator[Callable[[], _Read]]:
        """Yield what reads the next `size` bytes, `whole` of them making a slice.

        Where slices end depends on the file alone, and a slice that has been begun is ended, so
        that the same batches come out wherever a job was stopped. Foreign comes before the first.
        """
        first = number = filled = 0
        begun, spent = False, Spent()
        with damage_explained():
            for xml in slices(self._pieces(sheet, min(size, PIECE)), SHEET, size=size):
                if filled and filled + len(xml) > whole:
                    if begun and until():
                        return
                    number, filled = number + 1, 0
                filled += len(xml)
                following = first_row_after(xml, first)
                if following > start:
                    yield partial(self._read, number, xml, first, start, spent)
                    begun = True
                first = following

    def _read(self, number: int, xml: bytes, first: int, start: int, spent: Spent) -> _Read:
        with damage_explained():
            try:
                return _Read(number, read_blocks(xml, self._book, first, start, spent))
            except Foreign:
                chunks = (_ROOT[0], *smaller([xml], _CHUNK), _ROOT[1])
                rows = read_rows(chunks, self._book.cell, first=first)
                return _Read(number, list(blocks_of_rows(rows, start, spent)))

    def _foreign(self, sheet: str, start: int) -> Iterator[Row]:
        with damage_explained():
            yield from read_rows(self._pieces(sheet), self._book.cell, start=start)

    @cached_property
    def _book(self) -> Book:
        package = self._package
        styles, strings = Styles([], []), NO_STRINGS
        with damage_explained():
            if package.styles is not None:
                styles = read_styles(package.pieces(package.styles))
            if package.strings is not None:
                try:
                    strings = read_strings(package.pieces(package.strings))
                except Foreign:
                    strings = read_strings_by_parser(package.pieces(package.strings))
            return make_book(strings, styles, from_1904=package.from_1904)

    def _look_at(self, sheet: SheetFile) -> SheetInfo:
        among_others = len(self._package.sheets) > 1
        pieces = self._kept.keep(sheet.member, self._package.pieces(sheet.member))
        with damage_explained():
            found = scan_sheet(pieces, count=among_others)
        return SheetInfo(sheet.name, sheet.visible, *found)

    def _pieces(self, name: str, most: int = PIECE) -> Iterator[bytes]:
        member = self._file(name).member
        kept = self._kept.again(member, most)
        return smaller(self._package.pieces(member), most) if kept is None else kept

    def _file(self, name: str) -> SheetFile:
        return next(sheet for sheet in self._package.sheets if sheet.name == name)


def _block_bytes(book: Book) -> int:
    """Return how much XML may be read at once, so that its texts find room as well."""
    usual = max(float(book.lengths.mean()), 1.0) if len(book.lengths) else 1.0
    return int(min(BLOCK_BYTES, max(_FEW_BYTES, _BLOCK_TEXT_BYTES * _CELL_BYTES / usual)))


class _Read(NamedTuple):
    slice: int
    """Its number."""
    blocks: list[Block]
