"""A column that is computed from others."""

from functions.worker.frames.expression import evaluate
from functions.worker.frames.frame import Frame
from shared.actions.compute import Compute


def apply(action: Compute, frame: Frame) -> Frame:
    """Add the column, or put it in the place of the one that has its name."""
    return frame.plus(evaluate(action.expression, frame, action.column))
