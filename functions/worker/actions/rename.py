"""Give columns other names."""

from functions.worker.frames.frame import Frame
from shared.actions.rename import Rename


def apply(action: Rename, frame: Frame) -> Frame:
    """Return the same cells under other names."""
    names = action.columns
    renamed = (cells.renamed(names.get(cells.name, cells.name)) for cells in frame.columns)
    return Frame(tuple(renamed), frame.rows)
