"""Delimited text: .csv and .tsv in any encoding and with any of the usual delimiters."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from functions.worker.parse.cells import Cell, Row
from functions.worker.parse.csv_dialect import find_dialect
from functions.worker.parse.encoding import find_encoding
from functions.worker.parse.workbook import SheetInfo
from shared.clean.options import NO_OPTIONS, ParseOptions, Quote
from shared.errors import Unrecoverable

MAX_FIELD = 10_000_000
"""Characters; a longer field is a quotation mark that is never closed."""
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
        csv.field_size_limit(MAX_FIELD)
        with self._path.open(encoding=self.encoding, newline="") as file:
            reader = self._dialect.reader(file)
            try:
                for position, fields in enumerate(reader):
                    if position >= start:
                        yield position, [_cell(field) for field in fields]
            except csv.Error as error:
                raise Unrecoverable(
                    f"The text file cannot be split into rows near line {reader.line_num}: a "
                    "quotation mark is never closed. Correct it, or save the file as .xlsx."
                ) from error

    def _sample(self) -> str:
        with self._path.open(encoding=self.encoding, newline="") as file:
            return file.read(_SAMPLE)


def _cell(field: str) -> Cell:
    return field if field and not field.isspace() else None
