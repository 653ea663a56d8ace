"""Sort the rows."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from shared.edits.action import Action, Name
from shared.edits.shape import Shape
from shared.model import Model


class Key(Model):
    """A column to sort by."""

    column: Name
    descending: bool = False


class Sort(Action):
    """Sort the rows by columns; equal ones stay in their order, blanks and odd cells come last."""

    action: Literal["sort"] = "sort"
    by: Annotated[list[Key], Field(min_length=1, max_length=100)]

    def plan(self, shape: Shape) -> Shape:
        """Raise Unprocessable for a column that is not there."""
        shape.need(key.column for key in self.by)
        return shape
