"""Which sheet of a workbook holds the data."""

from __future__ import annotations

from collections.abc import Sequence

from functions.worker.parse.workbook import SheetInfo
from shared.errors import Unrecoverable


def choose_sheet(sheets: Sequence[SheetInfo]) -> SheetInfo:
    """Return the visible sheet with the most table in it; a hidden one only when all else is empty.

    A table has rows of several cells, so the cells beyond the first of each row count: a long
    page of notes in one column has none. Raises Unrecoverable when no sheet has any cell.
    """
    filled = [sheet for sheet in sheets if sheet.cells]
    if len(sheets) == 1:
        return sheets[0]
    if not filled:
        raise Unrecoverable("The workbook has no cell with a value. Upload one that holds data.")
    return max(
        filled, key=lambda sheet: (sheet.visible, max(sheet.cells - sheet.rows, 0), sheet.cells)
    )
