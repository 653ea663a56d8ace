"""Put something into blank cells."""

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from functions.worker.frames.figures import figure
from functions.worker.frames.frame import Cells, Frame, Values
from shared.actions.fill import Fill
from shared.clean.schema import arrow_type
from shared.edits.constants import constant


def apply(action: Fill, frame: Frame) -> Frame:
    """Return the columns without the blanks for which there is something."""
    return frame.with_each(action.columns, lambda cells: _filled(action, cells))


def _filled(action: Fill, cells: Cells) -> Cells:
    if not cells.values.null_count:
        return cells
    wanted = cells.values.is_null() if action.odd else cells.blank
    values = pc.if_else(wanted, _filling(action, cells), cells.values)
    if cells.odd is None:
        return cells.changed(values)
    odd: Any = pc.if_else(values.is_null(), cells.odd, pa.scalar(None, pa.string()))
    return cells.changed(values, odd)


def _filling(action: Fill, cells: Cells) -> Values:
    """Return one value for all, or a column that has one for each cell."""
    kind = arrow_type(cells.type)
    match action.method:
        case "constant":
            return pa.scalar(constant(action.value, cells.type), type=kind)
        case "forward":
            return pc.fill_null_forward(cells.values)
        case "backward":
            return pc.fill_null_backward(cells.values)
        case "median" if cells.type not in ("integer", "decimal", "duration"):
            return _middle(cells)
        case "mean" | "median" | "mode":
            return _figure(cells, action.method)


def _figure(cells: Cells, method: Any) -> Values:  # noqa: ANN401 - one of the figures
    together = np.zeros(len(cells.values), dtype=np.int64)
    found = figure(cells, together, method, cells.name).values[0]
    if cells.type == "integer" and pa.types.is_floating(found.type):
        found = pc.cast(pc.round(found), pa.int64())
    return found


def _middle(cells: Cells) -> Values:
    """Return the lower of the two dates or times in the middle."""
    present = cells.values.drop_null()
    if not len(present):
        return pa.scalar(None, type=cells.values.type)
    order: Any = pc.sort_indices(present)
    return present[order[(len(present) - 1) // 2].as_py()]
