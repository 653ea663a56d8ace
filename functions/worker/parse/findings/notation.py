"""Columns of which nothing tells how they are meant."""

from __future__ import annotations

from datetime import date, datetime

import numpy as np

from functions.worker.parse.arrow import Array, pc
from functions.worker.parse.findings.hits import Hits, hits_at, rows_where
from shared.clean.column import Column
from shared.clean.values import Json, json_value

_MONTHS = 12


def find_notation(column: Column, values: Array) -> list[Hits | None]:
    """Return the hits of the rules for dates and numbers that can be read in two ways."""
    found: list[Hits | None] = []
    if column.ambiguous and column.date_order is not None:
        found.append(_two_orders(column, values))
    if column.ambiguous and column.decimal_mark is not None:
        hits = hits_at("ambiguous_number", _filled(values), lambda row: _value(values, row))
        found.append(_with_count(hits, column.from_text, mark=column.decimal_mark))
    if column.percent and column.percent < len(values) - column.blanks - column.odd:
        found.append(Hits("mixed_units", column.percent))
    return found


def _two_orders(column: Column, values: Array) -> Hits | None:
    day = pc.less_equal(pc.day(values), _MONTHS)
    unlike = pc.and_(day, pc.not_equal(pc.day(values), pc.month(values)))
    return hits_at(
        "ambiguous_date",
        rows_where(unlike),
        lambda row: _value(values, row),
        lambda row: _swapped(values[row].as_py()),
        order=column.date_order,
    )


def _swapped(value: date | datetime) -> Json:
    return json_value(value.replace(month=value.day, day=value.month))


def _value(values: Array, row: int) -> Json:
    return json_value(values[row].as_py())


def _filled(values: Array) -> Array:
    return np.flatnonzero(pc.is_valid(values).to_numpy(zero_copy_only=False))


def _with_count(hits: Hits | None, count: int, **about: object) -> Hits | None:
    if hits is not None:
        hits.count = count
        hits.about.update(about)
    return hits
