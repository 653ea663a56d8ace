"""Take a text column apart."""

import pyarrow as pa

from functions.worker.frames.frame import Cells, Frame
from shared.actions.split import Split


def apply(action: Split, frame: Frame) -> Frame:
    """Add the new columns; a part that is empty or not there is blank."""
    width = len(action.into)
    texts = frame.column(action.column).values.to_pylist()
    parts = [[] if text is None else text.split(action.separator, width - 1) for text in texts]
    new = (
        Cells.of(name, "text", pa.array([_at(each, place) for each in parts], type=pa.string()))
        for place, name in enumerate(action.into)
    )
    kept = tuple(cells for cells in frame.columns if action.keep or cells.name != action.column)
    return Frame((*kept, *new), frame.rows)


def _at(parts: list[str], place: int) -> str | None:
    return (parts[place].strip() or None) if place < len(parts) else None
