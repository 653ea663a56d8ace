"""What every reader of a file offers, so that nobody else needs to know the format."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, runtime_checkable

from functions.worker.parse.batches import ReadSlice, Until, never
from functions.worker.parse.cells import Row
from shared.clean.options import NO_OPTIONS, ParseOptions, Quote
from shared.clean.source import Format


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range; positions from 0, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class SheetInfo:
    """A sheet before it is read."""

    name: str
    visible: bool
    rows: int
    """Rows that the file writes down: the total for progress, not a promise."""
    cells: int
    """Cells with a value."""
    merges: tuple[Merge, ...] = ()


class Workbook(Protocol):
    """An open file. Every method may raise Unrecoverable when the content is damaged."""

    encoding: str | None
    delimiter: str | None
    quote: Quote | None

    def sheets(self) -> list[SheetInfo]:
        """Return the sheets in their order; costs a scan of the file."""

    def rows(self, sheet: str, *, start: int = 0) -> Iterator[Row]:
        """Yield the sheet's rows from position `start` on; rows that the file omits are skipped."""


@runtime_checkable
class Sliced(Protocol):
    """A workbook that can be read by slices, on several cores; all others are read by rows."""

    def slices(self, sheet: str, *, start: int = 0, until: Until = never) -> Iterator[ReadSlice]:
        """Yield what reads the sheet's rows from position `start` on."""


def open_workbook(
    path: Path, kind: Format, options: ParseOptions = NO_OPTIONS
) -> AbstractContextManager[Workbook]:
    """Open a file whose content has been detected; a reader is imported when it is needed."""
    if kind in ("xlsx", "xlsm"):
        from functions.worker.parse.xlsx.workbook import XlsxWorkbook  # noqa: PLC0415

        return XlsxWorkbook(path)
    if kind == "csv":
        from functions.worker.parse.text_csv import CsvWorkbook  # noqa: PLC0415

        return CsvWorkbook(path, options)
    if kind == "ods":
        from functions.worker.parse.ods.workbook import OdsWorkbook  # noqa: PLC0415

        return OdsWorkbook(path)
    if kind == "xlsb":
        from functions.worker.parse.xlsb.workbook import XlsbWorkbook  # noqa: PLC0415

        return XlsbWorkbook(path)
    from functions.worker.parse.workbook_xls import open_xls  # noqa: PLC0415

    return open_xls(path)
