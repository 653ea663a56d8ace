"""What kind a cell is of: the evidence from which a column's type is chosen."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Final

from functions.worker.parse import dates, texts
from functions.worker.parse.cells import ERRORS, EXACT_FLOAT, Cell, is_midnight
from functions.worker.parse.dates import MONTH_FIRST_WORD, Order
from shared.clean.values import INT64

_EXACT = range(-EXACT_FLOAT, EXACT_FLOAT + 1)
MAY_BE_MORE = frozenset("0123456789０１２３４５６７８９-－.．(（ \t\u3000\xa0")
"""What a text that is a number or a date begins with; see also MONTH_FIRST_WORD."""
_MONTH_FIRST = re.compile(MONTH_FIRST_WORD)


class Kind(StrEnum):
    """The first eight are native cells, the TYPED ones are texts that read as something else."""

    __hash__ = str.__hash__  # quicker than an enumeration's own

    INTEGER = "integer"
    BIG = "big"
    """An integer that a float cannot hold."""
    DECIMAL = "decimal"
    BOOLEAN = "boolean"
    DATE = "date"
    DATETIME = "datetime"
    TIME = "time"
    DURATION = "duration"
    TYPED_INTEGER = "typed_integer"
    TYPED_DECIMAL = "typed_decimal"
    """1.5, and all others of which the point cannot group digits."""
    TYPED_GROUPED = "typed_grouped"
    """1,234,567: an integer unless the comma is the decimal mark."""
    TYPED_THREE_POINT = "typed_three_point"
    """1.234: the point may be the decimal mark or group digits."""
    TYPED_THREE_COMMA = "typed_three_comma"
    """1,234"""
    TYPED_COMMA_INTEGER = "typed_comma_integer"
    """1.234.567"""
    TYPED_COMMA_DECIMAL = "typed_comma_decimal"
    """1,5 or 1.234,56"""
    TYPED_PERCENT = "typed_percent"
    TYPED_POINT_PERCENT = "typed_point_percent"
    TYPED_COMMA_PERCENT = "typed_comma_percent"
    TYPED_MARK = "typed_mark"
    """(1) to (99): less than nothing among other numbers, else the mark of a list."""
    TYPED_BOOLEAN = "typed_boolean"
    TYPED_DATE = "typed_date"
    TYPED_DAY_FIRST = "typed_day_first"
    """A date that cannot have its month first; so with the next ones."""
    TYPED_MONTH_FIRST = "typed_month_first"
    TYPED_EITHER_FIRST = "typed_either_first"
    TYPED_DATETIME = "typed_datetime"
    TYPED_DAY_FIRST_TIME = "typed_day_first_time"
    TYPED_MONTH_FIRST_TIME = "typed_month_first_time"
    TYPED_EITHER_FIRST_TIME = "typed_either_first_time"
    TYPED_TIME = "typed_time"
    TYPED_DURATION = "typed_duration"
    CODE = "code"
    """Digits with leading zeros: one such cell keeps typed numbers of its column text, too."""
    LONG_CODE = "long_code"
    """Digits that must stay text even where a number is asked for: a float would lose some."""
    ERROR = "error"
    TEXT = "text"
    """Also an integer beyond 64 bits."""


KINDS = tuple(Kind)
"""In an order of their own, so that arrays can name them by number."""


def kind_of(cell: Cell) -> Kind | None:
    """Return the kind of a cell, None for a blank."""
    if cell is None:
        return None
    if isinstance(cell, str):
        return _kind_of_text(cell)
    if isinstance(cell, bool):
        return Kind.BOOLEAN
    if isinstance(cell, int | float):
        return _kind_of_number(cell)
    return _kind_of_time(cell)


def _kind_of_number(value: int | float) -> Kind:  # noqa: PYI041 - the two are told apart
    if isinstance(value, float):
        whole = value.is_integer() and -EXACT_FLOAT <= value <= EXACT_FLOAT
        return Kind.INTEGER if whole else Kind.DECIMAL
    if value in _EXACT:
        return Kind.INTEGER
    return Kind.BIG if value in INT64 else Kind.TEXT


def _kind_of_time(value: datetime | time | timedelta) -> Kind:
    if isinstance(value, datetime):
        return Kind.DATE if is_midnight(value) else Kind.DATETIME
    return Kind.TIME if isinstance(value, time) else Kind.DURATION


def _kind_of_text(text: str) -> Kind:
    if text in ERRORS:
        return Kind.ERROR
    if texts.truth(text) is not None:
        return Kind.TYPED_BOOLEAN
    if text[0] not in MAY_BE_MORE and not _MONTH_FIRST.match(text):
        return Kind.TEXT
    return _kind_of_typed(text)


@lru_cache(maxsize=65_536)
def _kind_of_typed(text: str) -> Kind:
    plain = texts.plain(text)
    return _kind_of_digits(plain) or _kind_of_when(plain) or Kind.TEXT


def _kind_of_digits(plain: str) -> Kind | None:
    by_point, by_comma = texts.number(plain), texts.number(plain, comma=True)
    if isinstance(by_point, texts.Code):
        return Kind.CODE if _PADDED.fullmatch(plain) else Kind.LONG_CODE
    if isinstance(by_comma, texts.Code):
        by_comma = None
    if by_point is None and by_comma is None:
        return None
    if plain[-1] == "%":
        return _kind_by_mark(by_point, by_comma, _PERCENTS)
    if by_point == by_comma:
        return Kind.TYPED_MARK if _MARK.fullmatch(plain) else _by_type(by_point)
    return _kind_of_marked(by_point, by_comma)


def _kind_of_marked(by_point: float | None, by_comma: float | None) -> Kind:
    """Judge digits that mean nothing, or something else, with the other decimal mark."""
    if by_comma is None:
        return Kind.TYPED_GROUPED if isinstance(by_point, int) else Kind.TYPED_DECIMAL
    if by_point is None:
        whole = isinstance(by_comma, int)
        return Kind.TYPED_COMMA_INTEGER if whole else Kind.TYPED_COMMA_DECIMAL
    return Kind.TYPED_THREE_COMMA if isinstance(by_point, int) else Kind.TYPED_THREE_POINT


def _kind_by_mark(
    by_point: float | None, by_comma: float | None, kinds: tuple[Kind, Kind, Kind]
) -> Kind:
    both, point, comma = kinds
    if by_point is None:
        return comma
    return both if by_point == by_comma else point


def _by_type(value: float | None) -> Kind:
    return Kind.TYPED_INTEGER if isinstance(value, int) else Kind.TYPED_DECIMAL


def _kind_of_when(plain: str) -> Kind | None:
    timed = ":" in plain
    if texts.moment(plain) is not None or dates.named(plain) is not None:
        return Kind.TYPED_DATETIME if timed else Kind.TYPED_DATE
    order = dates.order_of(plain)
    if order is not None:
        return (_ORDERED_TIME if timed else _ORDERED)[order]
    if texts.clock(plain) is not None:
        return Kind.TYPED_TIME
    return Kind.TYPED_DURATION if dates.duration(plain) is not None else None


_PERCENTS = (Kind.TYPED_PERCENT, Kind.TYPED_POINT_PERCENT, Kind.TYPED_COMMA_PERCENT)
_ORDERED: Final = {
    Order.DAY_FIRST: Kind.TYPED_DAY_FIRST,
    Order.MONTH_FIRST: Kind.TYPED_MONTH_FIRST,
    Order.EITHER: Kind.TYPED_EITHER_FIRST,
}
_ORDERED_TIME: Final = {
    Order.DAY_FIRST: Kind.TYPED_DAY_FIRST_TIME,
    Order.MONTH_FIRST: Kind.TYPED_MONTH_FIRST_TIME,
    Order.EITHER: Kind.TYPED_EITHER_FIRST_TIME,
}
_PADDED = re.compile(r"-?[0-9]{1,15}")
_MARK = re.compile(r"\([0-9]{1,2}\)")
