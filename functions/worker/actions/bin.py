"""Sort values into classes."""

from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from functions.worker.frames.frame import Cells, Frame, Values
from functions.worker.frames.texts import as_text
from shared.actions.bin import Bin
from shared.clean.schema import arrow_type
from shared.edits.constants import constant
from shared.errors import Unprocessable


def apply(action: Bin, frame: Frame) -> Frame:
    """Add the column with the names of the classes."""
    cells = frame.column(action.column)
    numbers = _numbers(cells.values)
    edges = _edges(action, cells, numbers)
    places = np.searchsorted(edges, numbers, side="right") - 1
    places[numbers == edges[-1]] = len(edges) - 2
    outside = np.isnan(numbers) | (numbers < edges[0]) | (numbers > edges[-1])
    labels = pa.array(action.labels or _labels(cells, edges), type=pa.string())
    found: Any = pa.array(np.where(outside, 0, places), mask=outside)
    return frame.plus(Cells.of(action.into, "text", labels.take(found)))


def _numbers(values: Values) -> Any:  # noqa: ANN401 - a numpy array
    """Return floats, blanks as NaN: days of dates, microseconds of times."""
    if pa.types.is_date32(values.type):
        values = pc.cast(values, pa.int32())
    elif pa.types.is_temporal(values.type):
        values = pc.cast(values, pa.int64())
    floats: Any = pc.cast(values, pa.float64(), safe=False)
    return floats.to_numpy()


def _edges(action: Bin, cells: Cells, numbers: Any) -> Any:  # noqa: ANN401 - numpy arrays
    if action.edges is not None:
        constants = [constant(edge, cells.type) for edge in action.edges]
        edges = _numbers(pa.chunked_array([pa.array(constants, type=arrow_type(cells.type))]))
    else:
        present = numbers[~np.isnan(numbers)]
        if not len(present):
            raise Unprocessable(f"The column {cells.name!r} is blank: there is nothing to class.")
        assert action.count is not None  # noqa: S101 - the model says so
        edges = _own_edges(present, action.count, action.by)
    if not np.all(np.diff(edges) > 0):
        raise Unprocessable(
            "The edges must grow; where many values are alike, fewer classes may do."
        )
    return edges


def _own_edges(present: Any, count: int, by: str) -> Any:  # noqa: ANN401 - numpy arrays
    if by == "quantile":
        return np.quantile(present, np.linspace(0, 1, count + 1))
    return np.linspace(present.min(), present.max(), count + 1)


def _labels(cells: Cells, edges: Any) -> list[str]:  # noqa: ANN401 - a numpy array
    texts = [as_text(edge) for edge in _as_cells(cells, edges)]
    names = [f"[{low}, {high})" for low, high in pairwise(texts)]
    names[-1] = f"{names[-1][:-1]}]"
    return names


def _as_cells(cells: Cells, edges: Any) -> list[object]:  # noqa: ANN401 - a numpy array
    if cells.type in ("integer", "decimal"):
        return [float(f"{edge:.6g}") if edge % 1 else float(edge) for edge in edges]
    whole: Any = pa.array(np.round(edges).astype(np.int64))
    days = whole.cast(pa.int32()) if cells.type == "date" else whole
    values: list[object] = days.cast(arrow_type(cells.type)).to_pylist()
    return values
