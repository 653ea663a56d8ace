"""Put columns first."""

from __future__ import annotations

from typing import Literal

from shared.edits.action import Action, Names
from shared.edits.shape import Shape


class Reorder(Action):
    """Put these columns first, in this order; the others follow in the order that they have."""

    action: Literal["reorder"] = "reorder"
    columns: Names

    def plan(self, shape: Shape) -> Shape:
        """Raise Unprocessable for a column that is not there."""
        shape.need(self.columns)
        first = {name: shape.types.get(name) for name in self.columns}
        return Shape({**first, **shape.without(first).types}, shape.open)
