"""Delimited text: .csv and .tsv in any encoding and with any of the usual delimiters."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from functions.worker.parse.cells import Cell, Row
from functions.worker.parse.encoding import find_encoding
from functions.worker.parse.workbook import SheetInfo
from shared.errors import Unrecoverable

DELIMITERS = ";,\t|"
MAX_FIELD = 10_000_000
"""Characters; a longer field is a quotation mark that is never closed."""
_SAMPLE = 1 << 16


class CsvWorkbook:
    """A text file as a workbook of one sheet, `csv`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._decoded = find_encoding(path)
        self.encoding: str | None = self._decoded.encoding
        self.delimiter: str | None = self._find_delimiter()

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
        csv.field_size_limit(MAX_FIELD)
        with self._path.open(encoding=self.encoding, newline="") as file:
            reader = csv.reader(file, delimiter=self.delimiter or "\x1f")
            try:
                for position, fields in enumerate(reader):
                    if position >= start:
                        yield position, [_cell(field) for field in fields]
            except csv.Error as error:
                raise Unrecoverable(
                    f"The text file cannot be split into rows near line {reader.line_num}: a "
                    "quotation mark is never closed. Correct it, or save the file as .xlsx."
                ) from error

    def _find_delimiter(self) -> str | None:
        with self._path.open(encoding=self.encoding, newline="") as file:
            sample = file.read(_SAMPLE)
        try:
            return csv.Sniffer().sniff(sample, delimiters=DELIMITERS).delimiter
        except csv.Error:
            return _usual_delimiter(sample)


def _usual_delimiter(sample: str) -> str | None:
    """Return the delimiter that at least half of the lines have equally often, if there is one."""
    lines = [line for line in sample.splitlines() if line.strip()]
    usual = {mark: _usual_count([line.count(mark) for line in lines]) for mark in DELIMITERS}
    best = max(usual, key=lambda mark: usual[mark])
    return best if usual[best] and 2 * usual[best] >= len(lines) else None


def _usual_count(counts: list[int]) -> int:
    """Return on how many lines the most usual count above 0 is found."""
    return max(Counter(count for count in counts if count).values(), default=0)


def _cell(field: str) -> Cell:
    return field if field and not field.isspace() else None
