"""Stack columns into rows."""

from typing import Any

import numpy as np
import pyarrow as pa

from functions.worker.frames.convert import convert
from functions.worker.frames.frame import Cells, Frame, Values
from shared.actions.unpivot import Unpivot
from shared.clean.column import ColumnType


def apply(action: Unpivot, frame: Frame) -> Frame:
    """Return a row for each cell; the cells of a row stay together."""
    columns = frame.only(action.columns)
    kind = _common({cells.type for cells in columns})
    stacked = [convert(cells, kind, keep_unfit=True) for cells in columns]
    width = len(columns)
    by_row: Any = pa.array(np.arange(frame.rows * width).reshape(width, frame.rows).T.ravel())
    repeated: Any = pa.array(np.repeat(np.arange(frame.rows), width))
    values = _one([cells.values for cells in stacked])
    stack = Cells(action.values_into, kind, values, _odd(stacked))
    names = pa.array(action.columns * frame.rows, type=pa.string())
    rest = tuple(cells for cells in frame.columns if cells.name not in set(action.columns))
    kept = Frame(rest, frame.rows).take(repeated)
    long = kept.plus(Cells.of(action.names_into, "text", names), stack.take(by_row))
    blank = long.column(action.values_into).blank
    return long if action.blanks else long.take(pa.array(np.flatnonzero(~blank.to_numpy())))


def _common(types: set[ColumnType]) -> ColumnType:
    if len(types) == 1:
        return next(iter(types))
    if types == {"integer", "decimal"}:
        return "decimal"
    return "datetime" if types == {"date", "datetime"} else "text"


def _one(pieces: list[Values]) -> Values:
    return pa.chunked_array([chunk for piece in pieces for chunk in piece.chunks])


def _odd(stacked: list[Cells]) -> Values | None:
    if all(cells.odd is None for cells in stacked):
        return None
    none = [pa.nulls(len(cells.values), pa.string()) for cells in stacked]
    pieces = zip(stacked, none, strict=True)
    return _one([pa.chunked_array([no]) if c.odd is None else c.odd for c, no in pieces])
