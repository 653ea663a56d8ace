"""Values that a reader types, as values of a column."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from math import isfinite
from typing import Final

from shared.clean import booleans
from shared.clean.column import Column, ColumnType
from shared.clean.values import INT64
from shared.errors import Unprocessable

Value = str | int | float | bool | date | datetime | time | timedelta

TEXTS: Final = ("text", "category")
"""Types whose values are texts."""

_EXAMPLES: Final = {
    "integer": "a whole number, such as 42",
    "decimal": "a number, such as 4.2",
    "boolean": "true or false",
    "date": "a date, such as 2024-05-06",
    "datetime": "a moment, such as 2024-05-06T07:08:09",
    "time": "a time of day, such as 07:08:09",
    "duration": "a duration in hours, minutes and seconds, such as 26:30:00",
}
_DURATION = re.compile(r"(-?)([0-9]{1,7}):([0-5]?[0-9])(?::([0-5]?[0-9](?:\.[0-9]{1,6})?))?")
_MOST_DIGITS = 19


def literal(text: str, column: Column) -> Value:
    """Return what the text means in this column; raises Unprocessable, with an example."""
    value = read_text(text.strip(), column.type) if column.type not in TEXTS else text
    if value is None:
        raise Unprocessable(
            f"{text!r} cannot be compared with column {column.name!r}: it holds values of type "
            f"{column.type}, so give {_EXAMPLES[column.type]}.",
            column=column.name,
            type=column.type,
        )
    return value


def read_text(text: str, kind: ColumnType) -> Value | None:
    """Return what the text is worth as a value of a type; None when it is none."""
    try:
        return _read(text, kind)
    except (ValueError, InvalidOperation, OverflowError):
        return None


def duration(text: str) -> timedelta | None:
    """Return what h:mm:ss is worth, also with more than 24 hours; None for other texts."""
    match = _DURATION.fullmatch(text)
    if match is None:
        return None
    sign, hours, minutes, seconds = match.groups()
    length = timedelta(hours=int(hours), minutes=int(minutes), seconds=float(seconds or 0))
    return -length if sign else length


def _read(text: str, kind: ColumnType) -> Value | None:  # noqa: PLR0911 - one line a type
    match kind:
        case "integer":
            return _integer(text)
        case "decimal":
            number = float(text)
            return number if isfinite(number) else None
        case "boolean":
            return booleans.WRITTEN.get(text.lower())
        case "date":
            return date.fromisoformat(text)
        case "datetime":
            moment = datetime.fromisoformat(text)
            return moment if moment.tzinfo is None else None
        case "time":
            at = time.fromisoformat(text)
            return at if at.tzinfo is None else None
        case "duration":
            return duration(text)
    return None


def _integer(text: str) -> int | None:
    number = Decimal(text)
    if not number.is_finite() or number.adjusted() > _MOST_DIGITS or number != int(number):
        return None
    return int(number) if int(number) in INT64 else None
