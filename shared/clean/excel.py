"""What a sheet of Excel's can hold, and how it counts days."""

from __future__ import annotations

from datetime import date
from typing import Final

MAX_ROWS, MAX_COLUMNS = 1_048_575, 16_384
"""Rows are those below a header."""
MAX_TEXT: Final = 32_767
"""UTF-16 units that a cell can hold; a longer text is cut and ends in an ellipsis."""
ERRORS: Final = ("#N/A", "#DIV/0!", "#REF!", "#NAME?", "#NUM!", "#NULL!", "#VALUE!")
"""The texts of error cells that every version knows."""

DAY_0: Final = date(1899, 12, 30)
CALENDAR_START: Final = date(1900, 3, 1)
"""Excel's calendar has a 29 February 1900: the days before it have numbers of their own."""
UNIX_EPOCH_DAY: Final = (date(1970, 1, 1) - DAY_0).days


def cut(text: str) -> str:
    """Return the text, or as much of it as a cell can hold."""
    if len(text) * 2 <= MAX_TEXT:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= 2 * MAX_TEXT:
        return text
    return units[: 2 * (MAX_TEXT - 1)].decode("utf-16-le", "ignore") + "…"
