"""One row for many."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from shared.edits.action import Action, Name, Names, NewName
from shared.edits.figures import Figure, need_figure, type_of
from shared.edits.shape import Shape
from shared.model import Model


class Aggregate(Model):
    """A figure of each group."""

    column: Name | None = None
    """Only `count` does without: it then counts the rows."""
    figure: Figure
    into: NewName | None = None
    """By default `figure column`."""

    @property
    def name(self) -> str:
        """Return what the new column is called."""
        return self.into or f"{self.figure} {self.column or 'rows'}"


class Group(Action):
    """Make one row of all that are alike in some columns, in the order of their first rows."""

    action: Literal["group"] = "group"
    by: Names
    aggregates: Annotated[list[Aggregate], Field(min_length=1, max_length=1000)]

    def plan(self, shape: Shape) -> Shape:
        """Raise Unprocessable for a column that is not there or has no such figure."""
        shape.need(self.by)
        for each in self.aggregates:
            need_figure(shape, each.column, each.figure)
        kept = Shape({name: shape.types.get(name) for name in self.by})
        kept.need_free(each.name for each in self.aggregates)
        return kept.plus(
            {each.name: type_of(shape, each.column, each.figure) for each in self.aggregates}
        )
