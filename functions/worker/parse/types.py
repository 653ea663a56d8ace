"""The type of a column, and what a cell is worth in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Final

from functions.worker.parse import dates, texts
from functions.worker.parse.cells import Cell, as_text
from functions.worker.parse.fits import MARKS, Evidence, Notation, fits_of, notation_of
from functions.worker.parse.kinds import Kind, kind_of
from shared.clean.column import ColumnType

SHARE = 0.9
"""A type is taken when this share of the cells fits; blanks and errors say nothing about it."""

Tally = Mapping[Kind, int]
"""How many cells of each kind a column has."""

Value = str | int | float | bool | date | datetime | time | timedelta

NONE: Final = Evidence()
POINT: Final = Notation()
_TYPES: Final[tuple[ColumnType, ...]] = (
    *("integer", "decimal", "boolean", "date", "datetime", "time", "duration"),
)


@dataclass(frozen=True, slots=True)
class Typing:
    """A column's type and the kinds of cell that have a value in it; all others are odd."""

    type: ColumnType
    fits: frozenset[Kind]
    notation: Notation = POINT
    confidence: float = 1.0
    """Of the cells that tell something, the share that speaks for this type."""

    def count(self, tally: Tally) -> int:
        """Return how many of the tallied cells have a value."""
        return sum(count for kind, count in tally.items() if kind in self.fits)


def choose_type(tally: Tally, sheet: Evidence = NONE) -> Typing:
    """Return the type that most cells fit, text when none fits SHARE of them.

    `sheet` is what all columns together say about dates and decimal marks; it decides where the
    column's own cells do not.
    """
    best = likely_type(tally, sheet)
    telling = sum(tally.values()) - tally.get(Kind.ERROR, 0)
    share = best.count(tally) / telling if telling else 0.0
    if share >= SHARE:
        return replace(best, confidence=share)
    return Typing("text", frozenset(Kind), best.notation, 1 - share if telling else 0.0)


def likely_type(tally: Tally, sheet: Evidence = NONE) -> Typing:
    """Return the type other than text that most cells fit, however few they are."""
    notation = notation_of(tally, sheet)
    candidates = (_typing(name, tally, notation) for name in _TYPES)
    return max(candidates, key=lambda typing: typing.count(tally))


def as_asked(name: ColumnType, tally: Tally, sheet: Evidence = NONE) -> Typing:
    """Return the type that somebody has asked for; then digits with leading zeros are numbers."""
    notation = notation_of(tally, sheet)
    if name in ("text", "category"):
        return Typing(name, frozenset(Kind), notation)
    fits = fits_of(name, notation)
    if name in ("integer", "decimal"):
        fits |= {Kind.CODE}
    return Typing(name, fits, notation)


def value_of(cell: Cell, typing: Typing) -> Value | None:
    """Return the cell's value in its column, None when it is blank or odd."""
    if cell is None or kind_of(cell) not in typing.fits:
        return None
    return _VALUE[typing.type](cell, typing.notation)


def evidence(tallies: Iterable[Tally]) -> Evidence:
    """Return what all columns together say."""
    whole: Counter[Kind] = Counter()
    for tally in tallies:
        whole.update(tally)
    own = notation_of(whole, NONE)
    return Evidence(
        day_first=None if own.order_is_open else own.day_first,
        comma=None if own.mark_is_open else own.comma,
    )


def _typing(name: ColumnType, tally: Tally, notation: Notation) -> Typing:
    fits = fits_of(name, notation)
    if tally.get(Kind.CODE) or tally.get(Kind.LONG_CODE):
        fits = frozenset(kind for kind in fits if kind not in _TYPED_NUMBERS)
    elif sum(count for kind, count in tally.items() if kind in fits) == tally.get(Kind.TYPED_MARK):
        fits -= MARKS
    return Typing(name, fits, notation)


_TYPED_NUMBERS = frozenset(
    kind
    for kind in fits_of("decimal", POINT) | fits_of("decimal", Notation(comma=True))
    if kind.startswith("typed_")
)


def _number(cell: Cell, notation: Notation) -> int | float:
    value = texts.number(texts.plain(cell), comma=notation.comma) if isinstance(cell, str) else cell
    if isinstance(value, texts.Code):
        return int(value)
    assert isinstance(value, int | float)  # noqa: S101 - its kind says so
    return value


def _moment(cell: Cell, notation: Notation) -> datetime:
    value = _read_moment(texts.plain(cell), notation) if isinstance(cell, str) else cell
    assert isinstance(value, datetime)  # noqa: S101
    return value


def _read_moment(plain: str, notation: Notation) -> datetime | None:
    found = texts.moment(plain) or dates.named(plain)
    return found or dates.ordered(plain, day_first=notation.day_first)


def _clock(cell: Cell) -> time:
    value = texts.clock(texts.plain(cell)) if isinstance(cell, str) else cell
    assert isinstance(value, time)  # noqa: S101
    return value


def _truth(cell: Cell) -> bool:
    return bool(texts.truth(cell) if isinstance(cell, str) else cell)


def _duration(cell: Cell) -> timedelta:
    value = dates.duration(texts.plain(cell)) if isinstance(cell, str) else cell
    assert isinstance(value, timedelta)  # noqa: S101
    return value


_VALUE: Final[dict[ColumnType, Callable[[Cell, Notation], Value]]] = {
    "integer": lambda cell, notation: int(_number(cell, notation)),
    "decimal": lambda cell, notation: float(_number(cell, notation)),
    "boolean": lambda cell, _: _truth(cell),
    "date": lambda cell, notation: _moment(cell, notation).date(),
    "datetime": _moment,
    "time": lambda cell, _: _clock(cell),
    "duration": lambda cell, _: _duration(cell),
    "category": lambda cell, _: as_text(cell),
    "text": lambda cell, _: as_text(cell),
}
