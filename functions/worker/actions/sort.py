"""Sort the rows."""

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from functions.worker.frames.frame import Frame
from shared.actions.sort import Sort


def apply(action: Sort, frame: Frame) -> Frame:
    """Return all rows in another order; a column that is named twice counts at its first place."""
    keys = {key.column: key for key in reversed(action.by)}
    by = [keys[name] for name in dict.fromkeys(key.column for key in action.by)]
    arrays = {str(place): _sortable(frame, key.column) for place, key in enumerate(by)}
    ways = ("descending" if key.descending else "ascending" for key in by)
    keys_of_table: Any = list(zip(arrays, ways, strict=True))
    table = pa.table(arrays)
    return frame.take(pc.sort_indices(table, sort_keys=keys_of_table))


def _sortable(frame: Frame, name: str) -> Any:  # noqa: ANN401 - see frame.Values
    values = frame.column(name).values
    return pc.cast(values, pa.int64()) if pa.types.is_duration(values.type) else values
