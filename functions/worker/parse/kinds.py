"""What kind a cell is of: the evidence from which a column's type is chosen."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache

from functions.worker.parse import texts
from functions.worker.parse.cells import ERRORS, EXACT_FLOAT, Cell, is_midnight

_INT64 = range(-(2**63), 2**63)
_EXACT = range(-EXACT_FLOAT, EXACT_FLOAT + 1)
MAY_BE_MORE = frozenset("0123456789０１２３４５６７８９-－.．tTfF \t\u3000\xa0")
"""What a text that is a number, a date or a boolean begins with."""


class Kind(StrEnum):
    """The first eight are native cells, the TYPED ones are texts that read as something else."""

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
    TYPED_BOOLEAN = "typed_boolean"
    TYPED_DATE = "typed_date"
    TYPED_DATETIME = "typed_datetime"
    TYPED_TIME = "typed_time"
    CODE = "code"
    """Digits that must stay text: one such cell keeps typed numbers of its column text, too."""
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
    return Kind.BIG if value in _INT64 else Kind.TEXT


def _kind_of_time(value: datetime | time | timedelta) -> Kind:
    if isinstance(value, datetime):
        return Kind.DATE if is_midnight(value) else Kind.DATETIME
    return Kind.TIME if isinstance(value, time) else Kind.DURATION


def _kind_of_text(text: str) -> Kind:
    if text in ERRORS:
        return Kind.ERROR
    if text[0] not in MAY_BE_MORE:
        return Kind.TEXT
    value = texts.simple_number(text)
    if value is None:
        return _kind_of_typed(text)
    return Kind.TYPED_INTEGER if isinstance(value, int) else Kind.TYPED_DECIMAL


@lru_cache(maxsize=65_536)
def _kind_of_typed(text: str) -> Kind:
    plain = texts.plain(text)
    value = texts.number(plain)
    if value is None:
        return _kind_of_other(plain)
    if isinstance(value, texts.Code):
        return Kind.CODE
    return Kind.TYPED_INTEGER if isinstance(value, int) else Kind.TYPED_DECIMAL


def _kind_of_other(plain: str) -> Kind:
    when = texts.moment(plain)
    if when is not None:
        return Kind.TYPED_DATE if ":" not in plain else Kind.TYPED_DATETIME
    if texts.clock(plain) is not None:
        return Kind.TYPED_TIME
    return Kind.TYPED_BOOLEAN if texts.truth(plain) is not None else Kind.TEXT
