"""What calamine reads: .xls, whose sheets are small. One is in memory as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import python_calamine as calamine

from functions.worker.parse.binary import BinaryWorkbook
from functions.worker.parse.cells import Cell, Row, tidy
from functions.worker.parse.detect import locked
from functions.worker.parse.workbook import Merge, SheetInfo
from functions.worker.parse.xlsx.damage import SENTENCE
from shared.errors import Unrecoverable


class CalamineWorkbook(BinaryWorkbook):
    """An open workbook; the sheet read last is kept."""

    def __init__(self, path: Path) -> None:
        self._kept: tuple[str, list[list[Cell]]] | None = None
        with _damage_explained():
            self._book = calamine.load_workbook(path)

    def sheets(self) -> list[SheetInfo]:
        """Load each worksheet to count its cells; other kinds of sheet are left out."""
        return [
            self._look_at(sheet.name, visible=sheet.visible == calamine.SheetVisibleEnum.Visible)
            for sheet in self._book.sheets_metadata
            if sheet.typ == calamine.SheetTypeEnum.WorkSheet
        ]

    def rows(self, sheet: str, *, start: int = 0) -> Iterator[Row]:
        """Yield the rows of the loaded sheet."""
        yield from enumerate(self._load(sheet)[start:], start)

    def _close(self) -> None:
        self._book.close()

    def _look_at(self, name: str, *, visible: bool) -> SheetInfo:
        rows = self._load(name)
        cells = sum(cell is not None for row in rows for cell in row)
        return SheetInfo(name, visible, len(rows), cells, self._merges(name))

    def _load(self, name: str) -> list[list[Cell]]:
        if self._kept is None or self._kept[0] != name:
            with _damage_explained():
                found = self._book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            self._kept = name, [[tidy(cell) for cell in row] for row in found]
        return self._kept[1]

    def _merges(self, name: str) -> tuple[Merge, ...]:
        with _damage_explained():
            found = self._book.get_sheet_by_name(name).merged_cell_ranges or []
        return tuple(
            Merge(top, left, bottom, right) for (top, left), (bottom, right) in sorted(found)
        )


@contextmanager
def _damage_explained() -> Iterator[None]:
    try:
        yield
    except calamine.PasswordError as error:
        raise locked() from error
    except (calamine.CalamineError, ValueError, OverflowError) as error:
        raise Unrecoverable(SENTENCE) from error
