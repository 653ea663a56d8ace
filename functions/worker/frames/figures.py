"""Figures of groups of rows."""

from __future__ import annotations

from typing import Any, Final

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from functions.worker.frames.database import calculator
from functions.worker.frames.frame import Cells, Values
from functions.worker.frames.groups import Places
from functions.worker.frames.texts import shown
from functions.worker.frames.values import from_arrow
from shared.clean.schema import arrow_type
from shared.edits.figures import Figure
from shared.errors import Unprocessable

_QUERY = "select {} from cells group by g order by g"
_FIGURES: Final[dict[Figure, str]] = {
    "count": "count(v)",
    "distinct": "count(distinct v)",
    "first": "arg_min(v, r)",
    "last": "arg_max(v, r)",
    "min": "min(v)",
    "max": "max(v)",
    "sum": "sum(v)",
    "mean": "avg(v)",
    "median": "median(v)",
    "sd": "stddev_samp(v)",
    "mode": "mode(v)",
}
_SEPARATOR = "; "


def figure(cells: Cells, groups: Places, what: Figure, name: str) -> Cells:
    """Return a column with this figure of each group, in the groups' order.

    Odd cells are counted, and are not looked at otherwise. Raises Unprocessable.
    """
    if what == "text":
        return Cells.of(name, "text", _texts(cells, groups))
    values = cells.values
    if what in ("count", "distinct") and cells.odd is not None:
        values = pa.chunked_array([pa.array(shown(cells), type=pa.string())])
    counted = pa.types.is_duration(values.type) and what not in ("count", "distinct")
    if counted:
        values = pc.cast(values, pa.int64())
    found = _computed(values, groups, what)
    if what == "sum" and cells.type != "decimal":
        found = _whole(found)
    if counted:
        found = pc.cast(pc.cast(pc.round(found), pa.int64()), arrow_type("duration"))
    return from_arrow(name, found, what)


def rows_in(groups: Places) -> Values:
    """Return how many rows each group has."""
    return pa.chunked_array([pa.array(np.bincount(groups), type=pa.int64())])


def _computed(values: Values, groups: Places, what: Figure) -> Values:
    table = pa.table({"g": pa.array(groups), "r": pa.array(np.arange(len(groups))), "v": values})
    with calculator() as connection:
        connection.register("cells", table)
        try:
            found: Any = connection.sql(_QUERY.format(_FIGURES[what])).to_arrow_table()
        except duckdb.OutOfRangeException as error:
            raise Unprocessable(f"The {what} is too large a number.") from error
    return found.column(0)


def _whole(sums: Values) -> Values:
    try:
        return pc.cast(sums, pa.int64())
    except pa.ArrowInvalid as error:
        raise Unprocessable("The sum is too large a number: make it a decimal first.") from error


def _texts(cells: Cells, groups: Places) -> Values:
    found: dict[int, dict[str, None]] = {int(group): {} for group in np.unique(groups)}
    for group, text in zip(groups.tolist(), shown(cells), strict=True):
        if text is not None:
            found[group][text] = None
    joined = [_SEPARATOR.join(found[group]) or None for group in sorted(found)]
    return pa.chunked_array([pa.array(joined, type=pa.string())])
