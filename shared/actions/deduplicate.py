"""Leave out rows that are there more than once."""

from __future__ import annotations

from typing import Literal

from shared.edits.action import Action, Names
from shared.edits.shape import Shape


class Deduplicate(Action):
    """Leave out rows that are alike in these columns, by default in all; blanks are alike."""

    action: Literal["deduplicate"] = "deduplicate"
    columns: Names | None = None
    keep: Literal["first", "last", "none"] = "first"
    """Which of several stays; `none` drops them all."""

    def plan(self, shape: Shape) -> Shape:
        """Raise Unprocessable for a column that is not there."""
        shape.need(self.columns or ())
        return shape
