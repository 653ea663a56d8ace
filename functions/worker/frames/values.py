"""What a computation gives, as a column of clean data."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from functions.worker.frames.frame import Cells, Values
from shared.clean.column import ColumnType
from shared.clean.schema import arrow_type
from shared.errors import Unprocessable

_NOT_FINITE = "#NUM!"
"""How Excel shows what is no number."""
_KINDS: dict[ColumnType, tuple[Callable[[Any], bool], ...]] = {
    "integer": (pa.types.is_integer,),
    "decimal": (pa.types.is_floating, pa.types.is_decimal),
    "boolean": (pa.types.is_boolean,),
    "date": (pa.types.is_date,),
    "datetime": (pa.types.is_timestamp,),
    "time": (pa.types.is_time,),
    "duration": (pa.types.is_duration, pa.types.is_interval),
    "text": (pa.types.is_string, pa.types.is_large_string, pa.types.is_null),
}


def from_arrow(name: str, values: Values, what: str) -> Cells:
    """Return the column; raises Unprocessable for values that no column can hold."""
    kind = _kind_of(values.type)
    if kind is None:
        raise Unprocessable(f"{what!r} gives values of type {values.type}: cast them to text.")
    if pa.types.is_interval(values.type):
        values = _durations(values, what)
    try:
        stored = pc.cast(values, arrow_type(kind))
    except pa.ArrowInvalid as error:
        raise Unprocessable(f"{what!r} gives numbers that are too large.") from error
    return _finite(name, stored) if kind == "decimal" else Cells.of(name, kind, stored)


def _kind_of(kind: Any) -> ColumnType | None:  # noqa: ANN401 - see frame.Values
    if pa.types.is_timestamp(kind) and kind.tz is not None:
        return None
    return next(
        (name for name, tests in _KINDS.items() if any(is_it(kind) for is_it in tests)), None
    )


def _durations(values: Values, what: str) -> Values:
    """Intervals of days and less are durations; a month has no length of its own."""
    found = []
    for each in values.to_pylist():
        if each is not None and each.months:
            raise Unprocessable(f"{what!r} gives months: take the difference in days instead.")
        micros = None if each is None else each.days * 86_400_000_000 + each.nanoseconds // 1000
        found.append(micros)
    return pa.chunked_array([pa.array(found, type=pa.int64())])


def _finite(name: str, values: Values) -> Cells:
    finite: Any = pc.is_finite(values)
    if pc.all(finite).as_py() is not False:
        return Cells.of(name, "decimal", values)
    nothing, sign = pa.scalar(None, pa.float64()), pa.scalar(_NOT_FINITE)
    known: Any = pc.if_else(finite, values, nothing)
    odd: Any = pc.if_else(finite, pa.scalar(None, pa.string()), sign)
    return Cells(name, "decimal", known, odd)
