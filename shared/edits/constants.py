"""Constants in actions: JSON values that stand for values of a column."""

from __future__ import annotations

import math

from shared.clean.column import ColumnType
from shared.clean.literal import TEXTS, Value, read_text
from shared.clean.values import INT64, Json
from shared.errors import Unprocessable

_MOMENTS = ("date", "datetime", "time", "duration")
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


def _read(value: Json, kind: ColumnType) -> Value | None:
    match value:
        case bool():
            return value if kind == "boolean" else None
        case int() | float():
            return _read_number(value, kind)
        case str():
            return value if kind in TEXTS else _read_moment(value, kind)
    return None


def _read_number(value: float, kind: ColumnType) -> int | float | None:
    if not math.isfinite(value):
        return None
    if kind == "decimal":
        return float(value)
    whole = int(value)
    return whole if kind == "integer" and whole == value and whole in INT64 else None


def _read_moment(text: str, kind: ColumnType) -> Value | None:
    """JSON has numbers and truth values of its own; a text stands for what it has not."""
    return read_text(text, kind) if kind in _MOMENTS else None
