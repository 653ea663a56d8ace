"""Spread rows over columns."""

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from functions.worker.frames.figures import figure
from functions.worker.frames.frame import Cells, Frame
from functions.worker.frames.groups import first_rows, group_of_rows
from functions.worker.frames.texts import shown
from functions.worker.parse.names import unique_names
from shared.actions.pivot import Pivot
from shared.errors import Unprocessable

MAX_NEW = 2_000
"""Columns that a pivot may make."""


def apply(action: Pivot, frame: Frame) -> Frame:
    """Return one row for each kind of row, with a column for each value, in first order."""
    rows = group_of_rows(frame.only(action.rows), frame.rows)
    kept = frame.take(pa.array(first_rows(rows))).only(action.rows)
    named = frame.column(action.columns)
    there = np.flatnonzero(~np.asarray(named.blank.to_numpy()))
    spread = group_of_rows([named.take(pa.array(there))], len(there))
    labels = [shown(named)[row] or "" for row in there[first_rows(spread)]]
    if len(labels) > MAX_NEW:
        raise Unprocessable(
            f"The column {action.columns!r} has {len(labels):,} values; a pivot makes at most "
            f"{MAX_NEW:,} columns."
        )
    new = _spread(action, frame.column(action.values).take(pa.array(there)), rows[there], spread)
    count = len(kept[0].values)
    names = unique_names(enumerate([*action.rows, *labels]))[len(kept) :]
    columns = (
        Cells.of(name, cells.type, _laid_out(cells, places, count))
        for name, (cells, places) in zip(names, new, strict=True)
    )
    return Frame((*kept, *columns), count)


def _spread(action: Pivot, values: Cells, rows: Any, spread: Any) -> list[tuple[Cells, Any]]:  # noqa: ANN401
    """Return the figures of each new column, and the rows that they belong to."""
    found = []
    for place in range(int(spread.max(initial=-1)) + 1):
        mine = np.flatnonzero(spread == place)
        which, groups = np.unique(rows[mine], return_inverse=True)
        found.append(
            (figure(values.take(pa.array(mine)), groups, action.figure, action.values), which)
        )
    return found


def _laid_out(cells: Cells, places: Any, count: int) -> Any:  # noqa: ANN401
    where = np.full(count, -1, dtype=np.int64)
    where[places] = np.arange(len(places))
    found: Any = pa.array(where, mask=where < 0)
    return pc.take(cells.values, found)
