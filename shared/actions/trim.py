"""Take blanks off texts."""

from __future__ import annotations

from typing import Literal

from shared.edits.action import Action, Names
from shared.edits.shape import TEXTS, Shape


class Trim(Action):
    """Take the blanks off both ends of texts, also Chinese ones; what is empty then is blank."""

    action: Literal["trim"] = "trim"
    columns: Names | None = None
    """By default all columns of texts."""
    inside: bool = False
    """Make one blank of several inside a text, too."""

    def plan(self, shape: Shape) -> Shape:
        """Raise Unprocessable unless they are columns of texts."""
        shape.need(self.columns or (), TEXTS)
        return shape
