"""Leave columns out."""

from __future__ import annotations

from typing import Literal

from shared.edits.action import Action, Names
from shared.edits.shape import Shape
from shared.errors import Unprocessable


class Drop(Action):
    """Leave columns out."""

    action: Literal["drop"] = "drop"
    columns: Names

    def plan(self, shape: Shape) -> Shape:
        """Raise Unprocessable for a column that is not there, and when none would be left."""
        shape.need(self.columns)
        left = shape.without(self.columns)
        if not (left.types or left.open):
            raise Unprocessable("A table needs a column: leave at least one.")
        return left
