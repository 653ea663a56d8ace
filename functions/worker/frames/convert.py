"""Cells read as another type, the way a person reads them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from functions.worker.frames.frame import Cells, Values, texts_or_null
from functions.worker.frames.texts import shown
from functions.worker.parse import texts
from shared.clean import booleans
from shared.clean.column import ColumnType
from shared.clean.literal import Value, duration
from shared.clean.schema import arrow_type
from shared.clean.values import INT64
from shared.edits.shape import TEXTS

_OF_TYPE: Final[dict[ColumnType, type]] = {"date": date, "time": time, "duration": timedelta}


def convert(cells: Cells, kind: ColumnType, *, keep_unfit: bool) -> Cells:
    """Return the column in another type; what does not fit is kept as an odd cell, or blank."""
    if cells.type == kind and keep_unfit:
        return cells
    quickly = _quickly(cells, kind)
    if quickly is not None:
        return Cells.of(cells.name, kind, quickly)
    stood = shown(cells)
    values = [
        _converted(value, text, kind)
        for value, text in zip(cells.values.to_pylist(), stood, strict=True)
    ]
    odd = None
    if keep_unfit:
        unfit = zip(values, stood, strict=True)
        odd = texts_or_null([text if value is None else None for value, text in unfit])
    stored = pa.chunked_array([pa.array(values, type=arrow_type(kind))])
    return Cells(cells.name, kind, stored, odd)


def _quickly(cells: Cells, kind: ColumnType) -> Values | None:
    """Cast a whole column of numbers or dates where every cell fits; None otherwise."""
    if cells.odd is not None:
        return None
    pairs = (("integer", "decimal"), ("decimal", "integer"), ("date", "datetime"))
    if (cells.type, kind) not in pairs:
        return None
    try:
        return pc.cast(cells.values, arrow_type(kind), safe=True)
    except pa.ArrowInvalid:
        return None


def _converted(value: object, text: str | None, kind: ColumnType) -> Value | None:
    if text is None:
        return None
    if kind in TEXTS:
        return text
    if value is None or isinstance(value, str):
        return _FROM_TEXT[kind](texts.plain(text))
    return _from_value(value, kind)


def _from_value(value: object, kind: ColumnType) -> Value | None:
    match value:
        case bool() | int() | float():
            return _from_number(value, kind)
        case datetime():
            return _from_moment(value, kind)
        case date() if kind == "datetime":
            return datetime(value.year, value.month, value.day)  # noqa: DTZ001 - no zone
        case time() if kind == "duration":
            return timedelta(hours=value.hour, minutes=value.minute, seconds=value.second)
        case date() | time() | timedelta():
            return value if _OF_TYPE.get(kind) is type(value) else None
    return None


def _from_moment(value: datetime, kind: ColumnType) -> datetime | date | time | None:
    if kind == "datetime":
        return value
    return value.date() if kind == "date" else value.time() if kind == "time" else None


def _from_number(value: float, kind: ColumnType) -> int | float | bool | None:
    if kind == "boolean":
        return bool(value) if value in (0, 1) else None
    return _number(value, kind) if kind in ("integer", "decimal") else None


def _number(value: float, kind: ColumnType) -> int | float | None:
    if kind == "decimal":
        return float(value)
    whole = int(value)
    return whole if whole == value and whole in INT64 else None


def _number_in(text: str) -> float | int | None:
    """Here digits with a leading zero are a number, too: somebody has said so."""
    found = texts.number(text)
    if isinstance(found, texts.Code):
        digits = str(found).replace(",", "")
        found = int(digits) if digits.lstrip("-").isdecimal() else None
    return found


def _integer_in(text: str) -> int | float | None:
    found = _number_in(text)
    return None if found is None else _number(found, "integer")


def _decimal_in(text: str) -> float | None:
    found = _number_in(text)
    return None if found is None else float(found)


def _date_in(text: str) -> date | None:
    found = texts.moment(text)
    return None if found is None else found.date()


def _truth_in(text: str) -> bool | None:
    return booleans.MEANT.get(text.lower())


_FROM_TEXT: Final[dict[ColumnType, Callable[[str], Value | None]]] = {
    "integer": _integer_in,
    "decimal": _decimal_in,
    "boolean": _truth_in,
    "date": _date_in,
    "datetime": texts.moment,
    "time": texts.clock,
    "duration": duration,
}
