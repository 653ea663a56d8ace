"""Read columns as another type."""

from functions.worker.frames.convert import convert
from functions.worker.frames.frame import Frame
from shared.actions.change_type import ChangeType


def apply(action: ChangeType, frame: Frame) -> Frame:
    """Return the columns in the type."""
    keep = action.unfit == "keep"
    return frame.with_each(
        action.columns, lambda cells: convert(cells, action.type, keep_unfit=keep)
    )
