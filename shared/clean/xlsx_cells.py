"""Columns of clean data as values that a cell of a workbook can hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from shared.clean.compute import Cells, cells_of, compute
from shared.clean.excel import CALENDAR_START, MAX_TEXT, cut
from shared.clean.formula import harmless, harmless_texts
from shared.clean.odd import OddTexts
from shared.clean.values import EXACT_IN_JSON

if TYPE_CHECKING:
    import pyarrow as pa

_DAY_MICROSECONDS: Final = 86_400_000_000.0


def xlsx_columns(table: pa.Table, positions: Sequence[int], *, neutralise: bool) -> list[list[Any]]:
    """Return the cells of each column; `table` has the columns at `positions`, then ODD.

    Integers and dates that Excel cannot hold become text, times and durations parts of a day.
    """
    odd = OddTexts(table)
    return [
        _column(cells_of(table, index), odd.of(position), neutralise=neutralise)
        for index, position in enumerate(positions)
    ]


def _column(values: Cells, odd: Cells | None, *, neutralise: bool) -> list[Any]:
    cells = _cells(values, neutralise=neutralise)
    if odd is not None:
        for row, text in enumerate(odd.to_pylist()):
            if text is not None:
                cells[row] = cut(harmless(text) if neutralise else text)
    return cells


def _cells(values: Cells, *, neutralise: bool) -> list[Any]:
    import pyarrow as pa  # noqa: PLC0415

    pc = compute()

    kind = values.type
    if pa.types.is_string(kind):
        texts = harmless_texts(values) if neutralise else values
        # Where none is long, which is nearly always, no single one need be looked at.
        longest = pc.max(pc.utf8_length(texts)).as_py() or 0
        found: list[Any] = texts.to_pylist()
        return [text and cut(text) for text in found] if longest * 2 > MAX_TEXT else found
    if pa.types.is_time(kind) or pa.types.is_duration(kind):
        days = pc.divide(values.cast(pa.int64()).cast(pa.float64()), _DAY_MICROSECONDS)
        return list(days.to_pylist())
    if pa.types.is_boolean(kind):
        return list(values.to_pylist())
    fits = _fits(values)
    cells = values.to_pylist()
    if pc.all(fits).as_py() is not False:
        return list(cells)
    kept = zip(cells, fits.to_pylist(), strict=True)
    return [cell if fit or cell is None else str(cell) for cell, fit in kept]


def _fits(values: Cells) -> Cells:
    """Say of each number, date or moment whether a cell can hold it as such."""
    import pyarrow as pa  # noqa: PLC0415

    pc = compute()

    if pa.types.is_floating(values.type):
        return pc.is_finite(values)
    if pa.types.is_integer(values.type):
        least = pc.greater_equal(values, -EXACT_IN_JSON)
        return pc.and_(least, pc.less_equal(values, EXACT_IN_JSON))
    start: Any = pa.scalar(CALENDAR_START, pa.date32())
    return pc.greater_equal(values, start.cast(values.type))
