"""Constants in actions: JSON values that stand for values of a column."""

from __future__ import annotations

import math
import re
from datetime import date, datetime, time, timedelta

from shared.clean.column import ColumnType
from shared.clean.values import Json
from shared.errors import Unprocessable

Value = str | int | float | bool | date | datetime | time | timedelta
_INT64 = range(-(2**63), 2**63)
_DURATION = re.compile(r"(-?)([0-9]{1,6}):([0-5]?[0-9])(?::([0-5]?[0-9](?:\.[0-9]{1,6})?))?")
_EXAMPLES: dict[ColumnType, str] = {
    "integer": "42",
    "decimal": "4.2",
    "boolean": "true",
    "date": '"2024-05-06"',
    "datetime": '"2024-05-06T07:08:09"',
    "time": '"07:08:09"',
    "duration": '"12:30:00"',
    "category": '"a text"',
    "text": '"a text"',
}


def constant(value: Json, kind: ColumnType) -> Value:
    """Return the value of a column's type; raises Unprocessable, with an example."""
    found = _read(value, kind)
    if found is None:
        raise Unprocessable(
            f"{value!r} is no value of a column of type {kind}; this is one: {_EXAMPLES[kind]}."
        )
    return found


def duration(text: str) -> timedelta | None:
    """Return what h:mm:ss is worth, also with more than 24 hours; None for other texts."""
    match = _DURATION.fullmatch(text)
    if match is None:
        return None
    sign, hours, minutes, seconds = match.groups()
    length = timedelta(hours=int(hours), minutes=int(minutes), seconds=float(seconds or 0))
    return -length if sign else length


def _read(value: Json, kind: ColumnType) -> Value | None:
    match value:
        case bool():
            return value if kind == "boolean" else None
        case int() | float():
            return _read_number(value, kind)
        case str():
            return value if kind in ("text", "category") else _read_text(value, kind)
    return None


def _read_number(value: float, kind: ColumnType) -> int | float | None:
    if not math.isfinite(value):
        return None
    if kind == "decimal":
        return float(value)
    whole = int(value)
    return whole if kind == "integer" and whole == value and whole in _INT64 else None


def _read_text(text: str, kind: ColumnType) -> Value | None:
    try:
        match kind:
            case "date":
                return date.fromisoformat(text)
            case "datetime":
                return datetime.fromisoformat(text).replace(tzinfo=None)
            case "time":
                return time.fromisoformat(text).replace(tzinfo=None)
            case "duration":
                return duration(text)
    except ValueError:
        return None
    return None
