"""Put columns first."""

from functions.worker.frames.frame import Frame
from shared.actions.reorder import Reorder


def apply(action: Reorder, frame: Frame) -> Frame:
    """Return all columns in another order."""
    first = dict.fromkeys(action.columns)
    rest = (cells for cells in frame.columns if cells.name not in first)
    return Frame((*frame.only(first), *rest), frame.rows)
