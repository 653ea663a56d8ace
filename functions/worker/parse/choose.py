"""Which sheet of a workbook holds the data."""

from __future__ import annotations

from collections.abc import Sequence

from functions.worker.parse.workbook import SheetInfo
from shared.errors import Unrecoverable


def choose_sheet(sheets: Sequence[SheetInfo], wanted: str | None = None) -> SheetInfo:
    """Return the visible sheet with the most table in it; a hidden one only when all else is empty.

    A `wanted` one is returned whatever is in it; raises Unrecoverable when there is none.

    A table has rows of several cells, so the cells beyond the first of each row count: a long
    page of notes in one column has none. Raises Unrecoverable when no sheet has any cell.
    """
    if wanted is not None:
        return _named(sheets, wanted)
    filled = [sheet for sheet in sheets if sheet.cells]
    if len(sheets) == 1:
        return sheets[0]
    if not filled:
        raise Unrecoverable("The workbook has no cell with a value. Upload one that holds data.")
    return max(
        filled, key=lambda sheet: (sheet.visible, max(sheet.cells - sheet.rows, 0), sheet.cells)
    )


def _named(sheets: Sequence[SheetInfo], wanted: str) -> SheetInfo:
    for sheet in sheets:
        if sheet.name == wanted:
            return sheet
    names = ", ".join(repr(sheet.name) for sheet in sheets)
    raise Unrecoverable(f"There is no sheet {wanted!r}. The file has {names}.")
