"""Odd cells: errors, impossible dates, and what else is not of its column's type."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

import numpy as np

from functions.worker.parse.arrow import Array, pa, pc
from functions.worker.parse.cells import ERRORS
from functions.worker.parse.findings.hits import Hits, hits_at, rows_where
from functions.worker.parse.texts import number, plain
from shared.clean.column import ODD, Column
from shared.clean.excel import DAY_0
from shared.clean.values import Json

_ERRORS: Final = pa.array(sorted(ERRORS))
_DATE_LIKE = r"^\s*[0-9]{1,4}[-/.年][0-9]{1,2}[-/.月][0-9]{1,4}日?(?:[ T].*)?$"
_SERIALS = range(20_000, 80_000)
"""Days since the end of 1899 as Excel stores them: 1954 to 2119."""


@dataclass(frozen=True, slots=True)
class OddCells:
    """The odd cells of one column."""

    rows: Array
    """Indices in the clean data, ascending."""
    texts: Array


def odd_cells(tables: Iterable[Any]) -> dict[int, OddCells]:
    """Return the odd cells of the parts by the position of their column."""
    rows, columns, texts, first = [], [], [], 0
    for table in tables:
        lists = table.column(ODD).combine_chunks()
        cells = pc.list_flatten(lists)
        rows.append(pc.list_parent_indices(lists).to_numpy().astype(np.int64) + first)
        columns.append(cells.field("column").to_numpy())
        texts.append(cells.field("text"))
        first += table.num_rows
    if not rows:
        return {}
    all_rows, all_columns = np.concatenate(rows), np.concatenate(columns)
    all_texts = pa.concat_arrays(texts)
    found = {}
    for position in np.unique(all_columns):
        places = np.flatnonzero(all_columns == position)
        found[int(position)] = OddCells(all_rows[places], all_texts.take(pa.array(places)))
    return found


def find_odd(column: Column, odd: OddCells | None) -> list[Hits | None]:
    """Return the hits of three rules; an odd cell belongs to one of them."""
    if odd is None:
        return []
    texts = dict(zip(odd.rows.tolist(), range(len(odd.rows)), strict=True))

    def value_at(row: int) -> str:
        return str(odd.texts[texts[row]])

    errors = pc.is_in(odd.texts, value_set=_ERRORS).to_numpy(zero_copy_only=False)
    dated = _dated(column, odd.texts) & ~errors
    mixed = ~errors & ~dated
    return [
        hits_at("error_cell", odd.rows[errors], value_at),
        hits_at("out_of_range_date", odd.rows[dated], value_at),
        hits_at(
            "mixed_types",
            odd.rows[mixed],
            value_at,
            lambda row: _suggested(column, value_at(row)),
            type=column.type,
        ),
    ]


def find_errors_in_text(column: Column, values: Array) -> Hits | None:
    """Return the error cells of a column of texts."""
    if not column.errors:
        return None
    rows = rows_where(pc.is_in(values, value_set=_ERRORS))
    return hits_at("error_cell", rows, lambda row: str(values[row]))


def _dated(column: Column, texts: Array) -> Any:  # noqa: ANN401 - numpy's own
    if column.type not in ("date", "datetime"):
        return np.zeros(len(texts), np.bool_)
    return pc.match_substring_regex(texts, _DATE_LIKE).to_numpy(zero_copy_only=False)


def _suggested(column: Column, text: str) -> Json:
    """Return the value that somebody may have meant."""
    if column.type in ("date", "datetime"):
        return _of_serial(text)
    if column.type in ("integer", "decimal"):
        return _number_in(text)
    return None


def _of_serial(text: str) -> str | None:
    day = int(text) if text.isdecimal() and text.isascii() and len(text) == 5 else 0  # noqa: PLR2004
    return (DAY_0 + timedelta(days=day)).isoformat() if day in _SERIALS else None


_WITH_UNIT = re.compile(r"[^0-9+-]{0,5}([-+]?[0-9][0-9.,]*)\s*[^0-9]{0,12}")


def _number_in(text: str) -> int | float | None:
    """Return the number of `12 kg` or `￥12`; what has a sign before it, as <0.5, is none."""
    stripped = plain(text)
    match = _WITH_UNIT.fullmatch(stripped)
    if match is None or stripped[0] in "<>≤≥~≈":
        return None
    found = number(match[1])
    return found if isinstance(found, int | float) else None
