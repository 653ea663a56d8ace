"""Sort values into classes."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from shared.clean.values import Json
from shared.edits.action import Action, Name, NewName, Text
from shared.edits.shape import ORDERED, Shape


class Bin(Action):
    """Name the class that each value falls into, in a new text column.

    A class reaches from its lower edge up to, but not including, the next one; the last includes
    both. What lies outside has no class.
    """

    action: Literal["bin"] = "bin"
    column: Name
    into: NewName
    edges: Annotated[list[Json], Field(min_length=2, max_length=1001)] | None = None
    """In order; dates and times as in ISO 8601."""
    count: Annotated[int, Field(ge=2, le=1000)] | None = None
    """So many classes instead of edges."""
    by: Literal["width", "quantile"] = "width"
    """Classes of equal width, or with about as many values each."""
    labels: list[Text] | None = None
    """The names of the classes; without them they say what they reach from and to."""

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if (self.edges is None) == (self.count is None):
            raise ValueError("give either 'edges' or 'count'")
        classes = self.count or len(self.edges or ()) - 1
        if self.labels is not None and len(self.labels) != classes:
            raise ValueError(f"{classes} classes need {classes} labels")
        return self

    def plan(self, shape: Shape) -> Shape:
        """Raise Unprocessable for a column that is not there or has no order."""
        shape.need([self.column], ORDERED)
        for edge in self.edges or ():
            shape.need_constant(self.column, edge)
        shape.need_free([self.into])
        return shape.plus({self.into: "text"})
