"""Delimited text: .csv and .tsv in any encoding and with any of the usual delimiters."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

from functions.worker.parse.batches import ReadSlice, Until, never, slices_of_rows
from functions.worker.parse.cells import Row
from functions.worker.parse.csv_dialect import find_dialect, rows_in
from functions.worker.parse.csv_slices import SLICE_BYTES, Irregular, cut, read_slice
from functions.worker.parse.encoding import find_encoding
from functions.worker.parse.workbook import SheetInfo
from shared.clean.options import NO_OPTIONS, ParseOptions, Quote

SMALL_BYTES = 128 << 10
"""Of a file that is read by rows: Arrow's reader leaves a thread behind, and with that this process
could do no other job."""
_SAMPLE = 1 << 16


class CsvWorkbook:
    """A text file as a workbook of one sheet, `csv`."""

    def __init__(self, path: Path, options: ParseOptions = NO_OPTIONS) -> None:
        self._path = path
        self._decoded = find_encoding(path, options.encoding)
        self.encoding: str | None = self._decoded.encoding
        self._dialect = find_dialect(self._sample(), options)
        self.delimiter: str | None = self._dialect.delimiter or None
        self.quote: Quote | None = self._dialect.quote

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Nothing is kept open between calls."""

    def sheets(self) -> list[SheetInfo]:
        """Return the one sheet; a quoted line end makes `rows` too high."""
        return [SheetInfo("csv", visible=True, rows=self._decoded.lines, cells=0)]

    def rows(self, sheet: str, *, start: int = 0) -> Iterator[Row]:  # noqa: ARG002 - only one
        """Stream the records; every cell is a text."""
        with self._path.open(encoding=self.encoding, newline="") as file:
            for position, cells in enumerate(rows_in(self._dialect.reader(file))):
                if position >= start:
                    yield position, cells

    def slices(self, sheet: str, *, start: int = 0, until: Until = never) -> Iterator[ReadSlice]:
        """Cut the file at the ends of records; slices wholly above `start` are passed over."""
        if self._path.stat().st_size < SMALL_BYTES:
            yield from slices_of_rows(self.rows(sheet, start=start), until=until)
            return
        begun = False
        try:
            for found in cut(self._pieces(), self._dialect):
                if found.first + found.records > start:
                    if begun and until():
                        return
                    begun = True
                    yield partial(read_slice, found, self._dialect, start)
        except Irregular as where:
            rows = self.rows(sheet, start=max(start, where.position))
            yield from slices_of_rows(rows, until=until)

    def _pieces(self) -> Iterator[bytes]:
        """Yield the file in UTF-8, without a byte order mark."""
        if self.encoding == "utf-8":
            with self._path.open("rb") as file:
                while data := file.read(SLICE_BYTES):
                    yield data
            return
        with self._path.open(encoding=self.encoding, newline="") as text:
            while piece := text.read(SLICE_BYTES // 2):
                yield piece.encode()

    def _sample(self) -> str:
        with self._path.open(encoding=self.encoding, newline="") as file:
            return file.read(_SAMPLE)
