"""Leave columns out."""

from functions.worker.frames.frame import Frame
from shared.actions.drop import Drop


def apply(action: Drop, frame: Frame) -> Frame:
    """Return the other columns."""
    gone = set(action.columns)
    return Frame(tuple(cells for cells in frame.columns if cells.name not in gone), frame.rows)
