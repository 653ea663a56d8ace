"""Which kinds of cell have a value in a type, given how a column writes numbers and dates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from functions.worker.parse.kinds import Kind
from shared.clean.column import ColumnType

_Tally = Mapping[Kind, int]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known beyond a column: by the sheet's other columns, or because somebody said so."""

    day_first: bool | None = None
    comma: bool | None = None
    asked_order: bool | None = None
    """Whether the day is first, whatever the cells say."""
    asked_mark: bool | None = None


@dataclass(frozen=True, slots=True)
class Notation:
    """How the texts of a column are read."""

    comma: bool = False
    """The comma is the decimal mark."""
    day_first: bool = True
    order_is_open: bool = False
    """No cell tells which number of its dates is the day."""
    mark_is_open: bool = False
    """No cell tells whether 1,234 or 1.234 is about a thousand or about one."""


def notation_of(tally: _Tally, beyond: Evidence) -> Notation:
    """Judge by the cells that can be read in one way only; then by what is known beyond."""
    day, month = _sum(tally, _DAY_FIRST), _sum(tally, _MONTH_FIRST)
    by_comma, by_point = _sum(tally, _COMMA_ONLY), _sum(tally, _POINT_ONLY)
    asked_order, asked_mark = beyond.asked_order, beyond.asked_mark
    return Notation(
        comma=_judged(by_comma - by_point, asked_mark, beyond.comma, default=False),
        day_first=_judged(day - month, asked_order, beyond.day_first, default=True),
        order_is_open=asked_order is None and not day and not month,
        mark_is_open=asked_mark is None and not by_comma and not by_point,
    )


def fits_of(name: ColumnType, notation: Notation) -> frozenset[Kind]:
    """Return the kinds that have a value in the type."""
    if name in ("integer", "decimal"):
        marked = _BY_COMMA if notation.comma else _BY_POINT
        return _NUMBERS[name] | marked[name]
    if name in ("date", "datetime"):
        ordered = _DAY_FIRST if notation.day_first else _MONTH_FIRST
        fits = _DATES | ordered | _EITHER_ORDER
        return fits - _TIMED if name == "date" else fits
    return _OTHER[name]


def is_ordered(tally: _Tally) -> bool:
    """Tell whether there are dates of which the day is not the last number."""
    return bool(_sum(tally, _DAY_FIRST | _MONTH_FIRST | _EITHER_ORDER))


def is_marked(tally: _Tally) -> bool:
    """Tell whether there are numbers typed as text with a mark in them."""
    return bool(_sum(tally, _POINT_ONLY | _COMMA_ONLY | _EITHER_MARK))


def _judged(surplus: int, asked: bool | None, beyond: bool | None, *, default: bool) -> bool:
    """Prefer what was asked for, then the column's own cells, then what is known beyond it."""
    if asked is not None:
        return asked
    if surplus:
        return surplus > 0
    return default if beyond is None else beyond


def _sum(tally: _Tally, kinds: frozenset[Kind]) -> int:
    return sum(tally.get(kind, 0) for kind in kinds)


PERCENTS: Final = frozenset(
    (Kind.TYPED_PERCENT, Kind.TYPED_POINT_PERCENT, Kind.TYPED_COMMA_PERCENT)
)
MARKS: Final = frozenset((Kind.TYPED_MARK,))
_NUMBERS: Final[dict[ColumnType, frozenset[Kind]]] = {
    "integer": frozenset((Kind.INTEGER, Kind.BIG, Kind.TYPED_INTEGER)) | MARKS,
    "decimal": frozenset((Kind.INTEGER, Kind.DECIMAL, Kind.TYPED_INTEGER, Kind.TYPED_PERCENT))
    | MARKS,
}
_BY_POINT: Final[dict[ColumnType, frozenset[Kind]]] = {
    "integer": frozenset((Kind.TYPED_GROUPED, Kind.TYPED_THREE_COMMA)),
    "decimal": frozenset(
        (
            *(Kind.TYPED_GROUPED, Kind.TYPED_THREE_COMMA, Kind.TYPED_DECIMAL),
            *(Kind.TYPED_THREE_POINT, Kind.TYPED_POINT_PERCENT),
        )
    ),
}
_BY_COMMA: Final[dict[ColumnType, frozenset[Kind]]] = {
    "integer": frozenset((Kind.TYPED_COMMA_INTEGER, Kind.TYPED_THREE_POINT)),
    "decimal": frozenset(
        (
            *(Kind.TYPED_COMMA_INTEGER, Kind.TYPED_THREE_POINT, Kind.TYPED_COMMA_DECIMAL),
            *(Kind.TYPED_THREE_COMMA, Kind.TYPED_COMMA_PERCENT),
        )
    ),
}
_POINT_ONLY = frozenset((Kind.TYPED_DECIMAL, Kind.TYPED_GROUPED, Kind.TYPED_POINT_PERCENT))
_COMMA_ONLY = frozenset(
    (Kind.TYPED_COMMA_INTEGER, Kind.TYPED_COMMA_DECIMAL, Kind.TYPED_COMMA_PERCENT)
)
_EITHER_MARK = frozenset((Kind.TYPED_THREE_POINT, Kind.TYPED_THREE_COMMA))
_DATES = frozenset((Kind.DATE, Kind.DATETIME, Kind.TYPED_DATE, Kind.TYPED_DATETIME))
_DAY_FIRST = frozenset((Kind.TYPED_DAY_FIRST, Kind.TYPED_DAY_FIRST_TIME))
_MONTH_FIRST = frozenset((Kind.TYPED_MONTH_FIRST, Kind.TYPED_MONTH_FIRST_TIME))
_EITHER_ORDER = frozenset((Kind.TYPED_EITHER_FIRST, Kind.TYPED_EITHER_FIRST_TIME))
_TIMED = frozenset(
    (
        *(Kind.DATETIME, Kind.TYPED_DATETIME, Kind.TYPED_DAY_FIRST_TIME),
        *(Kind.TYPED_MONTH_FIRST_TIME, Kind.TYPED_EITHER_FIRST_TIME),
    )
)
_OTHER: Final[dict[ColumnType, frozenset[Kind]]] = {
    "boolean": frozenset((Kind.BOOLEAN, Kind.TYPED_BOOLEAN)),
    "time": frozenset((Kind.TIME, Kind.TYPED_TIME)),
    "duration": frozenset((Kind.DURATION, Kind.TYPED_DURATION)),
}
