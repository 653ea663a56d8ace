"""What a cell is, whichever library read it."""

from __future__ import annotations

import math
from datetime import date, datetime, time, timedelta

from shared.clean import excel
from shared.clean.values import duration_text

Cell = str | int | float | bool | datetime | time | timedelta | None
"""A date is a datetime at midnight, as Excel has it; None is a blank; an error is its text."""

Row = tuple[int, list[Cell]]
"""Position in the sheet (from 0) and its cells from the first column on; ragged at the end."""

ERRORS = frozenset((*excel.ERRORS, "#SPILL!", "#CALC!", "#GETTING_DATA", "NaN"))
"""The texts of error cells, as Excel shows them."""

EXACT_FLOAT = 2**53
"""Up to here every integer has a float of its own."""


def tidy(value: object) -> Cell:
    """Return the plain cell for what a library read: one kind of blank, one kind of date."""
    if isinstance(value, str):
        return value if value and not value.isspace() else None
    if isinstance(value, float):
        return value if math.isfinite(value) else _not_finite(value)
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day)  # noqa: DTZ001 - sheets have no zone
    if value is None or isinstance(value, int | datetime | time | timedelta):
        return value
    return str(value)


def as_text(value: Cell) -> str:
    """Return a cell the way it stands in a text column: shortest numbers, ISO dates."""
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return _plain_text(value)


def is_midnight(value: datetime) -> bool:
    """Tell whether a datetime is a bare date."""
    return value.hour == value.minute == value.second == value.microsecond == 0


def _plain_text(value: int | float | datetime | time | timedelta) -> str:  # noqa: PYI041
    match value:
        case float():
            return _shortest(value)
        case datetime():
            return value.date().isoformat() if is_midnight(value) else value.isoformat()
        case time():
            return value.isoformat()
        case timedelta():
            return duration_text(value)
        case int():
            return str(value)


def _shortest(value: float) -> str:
    whole = value.is_integer() and abs(value) <= EXACT_FLOAT
    return str(int(value)) if whole else repr(value)


def _not_finite(value: float) -> str:
    return "NaN" if math.isnan(value) else "#NUM!"
