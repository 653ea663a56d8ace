"""Spread rows over columns."""

from __future__ import annotations

from typing import Literal

from shared.edits.action import Action, Name, Names
from shared.edits.figures import Figure, need_figure
from shared.edits.shape import Shape


class Pivot(Action):
    """Make a column of each value that a column has: from long to wide."""

    action: Literal["pivot"] = "pivot"
    rows: Names
    """Columns that tell the rows apart."""
    columns: Name
    """The column whose values become names; rows without one are left out."""
    values: Name
    """The column that fills them."""
    figure: Figure = "first"
    """What is taken of several values."""

    def plan(self, shape: Shape) -> Shape:
        """Raise Unprocessable for a column that is not there or has no such figure."""
        shape.need([*self.rows, self.columns])
        need_figure(shape, self.values, self.figure)
        kept = {name: shape.types.get(name) for name in self.rows}
        return Shape(kept, open=True)
