"""The type of a column, and what a cell is worth in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from functions.worker.parse import texts
from functions.worker.parse.cells import Cell, as_text
from functions.worker.parse.kinds import Kind, kind_of
from shared.clean.column import ColumnType

SHARE = 0.9
"""A type is taken when this share of the cells fits; blanks and errors say nothing about it."""

Tally = Mapping[Kind, int]
"""How many cells of each kind a column has."""

Value = str | int | float | bool | date | datetime | time | timedelta

_TYPED_NUMBERS = frozenset((Kind.TYPED_INTEGER, Kind.TYPED_DECIMAL))
_FITS: Final[dict[ColumnType, frozenset[Kind]]] = {
    "integer": frozenset((Kind.INTEGER, Kind.BIG, Kind.TYPED_INTEGER)),
    "decimal": frozenset((Kind.INTEGER, Kind.DECIMAL)) | _TYPED_NUMBERS,
    "boolean": frozenset((Kind.BOOLEAN, Kind.TYPED_BOOLEAN)),
    "date": frozenset((Kind.DATE, Kind.TYPED_DATE)),
    "datetime": frozenset(
        (Kind.DATE, Kind.DATETIME, Kind.TYPED_DATE, Kind.TYPED_DATETIME),
    ),
    "time": frozenset((Kind.TIME, Kind.TYPED_TIME)),
    "duration": frozenset((Kind.DURATION,)),
}
_ALL: Final = frozenset(Kind)


@dataclass(frozen=True, slots=True)
class Typing:
    """A column's type and the kinds of cell that have a value in it; all others are odd."""

    type: ColumnType
    fits: frozenset[Kind]

    def count(self, tally: Tally) -> int:
        """Return how many of the tallied cells have a value."""
        return sum(count for kind, count in tally.items() if kind in self.fits)


def tally_of(column: list[Cell]) -> Counter[Kind]:
    """Count the kinds of a column's cells; blanks are not counted."""
    counts = Counter(map(kind_of, column))
    return Counter({kind: counts[kind] for kind in Kind if counts[kind]})


def choose_type(tally: Tally) -> Typing:
    """Return the type that most cells fit, text when none fits SHARE of them."""
    telling = sum(tally.values()) - tally.get(Kind.ERROR, 0)
    best = max((_typing(name, tally) for name in _FITS), key=lambda typing: typing.count(tally))
    if telling and best.count(tally) >= SHARE * telling:
        return best
    return Typing("text", _ALL)


def value_of(cell: Cell, typing: Typing) -> Value | None:
    """Return the cell's value in its column, None when it is blank or odd."""
    if cell is None or kind_of(cell) not in typing.fits:
        return None
    return _VALUE[typing.type](cell)


def _typing(name: ColumnType, tally: Tally) -> Typing:
    fits = _FITS[name]
    return Typing(name, fits - _TYPED_NUMBERS if tally.get(Kind.CODE) else fits)


def _number(cell: Cell) -> int | float:
    value = texts.number(texts.plain(cell)) if isinstance(cell, str) else cell
    assert isinstance(value, int | float)  # noqa: S101 - its kind says so
    return value


def _moment(cell: Cell) -> datetime:
    value = texts.moment(texts.plain(cell)) if isinstance(cell, str) else cell
    assert isinstance(value, datetime)  # noqa: S101
    return value


def _clock(cell: Cell) -> time:
    value = texts.clock(texts.plain(cell)) if isinstance(cell, str) else cell
    assert isinstance(value, time)  # noqa: S101
    return value


def _truth(cell: Cell) -> bool:
    return bool(texts.truth(texts.plain(cell)) if isinstance(cell, str) else cell)


def _duration(cell: Cell) -> timedelta:
    assert isinstance(cell, timedelta)  # noqa: S101
    return cell


_VALUE: Final[dict[ColumnType, Callable[[Cell], Value]]] = {
    "integer": lambda cell: int(_number(cell)),
    "decimal": lambda cell: float(_number(cell)),
    "boolean": _truth,
    "date": lambda cell: _moment(cell).date(),
    "datetime": _moment,
    "time": _clock,
    "duration": _duration,
    "text": as_text,
}
