"""Conditions held against tables, and against what Parquet knows of a row group beforehand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from shared.clean.compute import Cells, cells_of, compute
from shared.clean.condition import Condition
from shared.clean.odd import OddTexts

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

_COMPARE = {
    "eq": "equal",
    "ne": "equal",
    "lt": "less",
    "le": "less_equal",
    "gt": "greater",
    "ge": "greater_equal",
}


def matches(table: pa.Table, positions: Sequence[int], conditions: Sequence[Condition]) -> Cells:
    """Return a boolean per row of a table that has the columns at `positions`, then ODD."""
    pc = compute()

    mask: Any = None
    for condition in conditions:
        found = _holds(table, positions, condition)
        mask = found if mask is None else pc.and_(mask, found)
    return mask


def shown(table: pa.Table, positions: Sequence[int], position: int) -> Cells:
    """Return a column's values; in a column of text the odd cells are texts like the others."""
    import pyarrow as pa  # noqa: PLC0415

    pc = compute()

    values = cells_of(table, list(positions).index(position))
    if not pa.types.is_string(values.type):
        return values
    odd = OddTexts(table).of(position)
    return values if odd is None else pc.coalesce(values, odd)


def may_match(group: pq.RowGroupMetaData, condition: Condition, *, odd: bool) -> bool:
    """Say whether a row group can have such a row; `odd`: the column has cells kept aside."""
    statistics: Any = group.column(condition.position).statistics
    if statistics is None:
        return True
    if statistics.has_null_count and not odd:
        if condition.op == "isblank":
            return bool(statistics.null_count)
        if statistics.null_count == group.num_rows:
            return condition.op == "ne"
    if not statistics.has_min_max or (odd and isinstance(statistics.min, str)):
        return True
    try:
        return _within(condition, statistics.min, statistics.max)
    except TypeError:  # Parquet does not know the type, as with durations
        return True


def _within(condition: Condition, low: Any, high: Any) -> bool:  # noqa: ANN401
    values: tuple[Any, ...] = condition.values
    match condition.op:
        case "eq" | "in":
            return any(low <= value <= high for value in values)
        case "lt":
            return bool(low < values[0])
        case "le":
            return bool(low <= values[0])
        case "gt":
            return bool(high > values[0])
        case "ge":
            return bool(high >= values[0])
    return True


def _holds(table: pa.Table, positions: Sequence[int], condition: Condition) -> Cells:
    import pyarrow as pa  # noqa: PLC0415

    pc = compute()

    values = shown(table, positions, condition.position)
    if condition.op in ("isblank", "notblank"):
        blank = _blank(table, condition.position, values)
        return blank if condition.op == "isblank" else pc.invert(blank)
    if condition.op == "in":
        return pc.is_in(values, value_set=pa.array(condition.values, type=values.type))
    if condition.op in ("contains", "startswith"):
        search = pc.match_substring if condition.op == "contains" else pc.starts_with
        found = search(values, condition.values[0], ignore_case=True)
    else:
        value = pa.scalar(condition.values[0], type=values.type)
        found = getattr(pc, _COMPARE[condition.op])(values, value)
    found = pc.fill_null(found, False)
    return pc.invert(found) if condition.op == "ne" else found


def _blank(table: pa.Table, position: int, values: Cells) -> Cells:
    pc = compute()

    odd = OddTexts(table).of(position)
    blank = pc.is_null(values)
    return blank if odd is None else pc.and_(blank, pc.is_null(odd))
