"""Bring in columns of another record."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from shared.edits.action import Action, Name, Names
from shared.edits.shape import Shape
from shared.model import Model


class Pair(Model):
    """Columns that must hold the same in both; a blank is like nothing."""

    left: Name
    right: Name


class Join(Action):
    """Bring in columns of another record of the same owner, where its rows match.

    A row with several matches is there several times.
    """

    action: Literal["join"] = "join"
    record: UUID
    """As it is when the edit is asked for."""
    on: Annotated[list[Pair], Field(min_length=1, max_length=20)]
    columns: Names | None = None
    """Which to bring in; by default all but those that are compared."""
    unmatched: Literal["keep", "drop"] = "keep"
    """What becomes of rows that match none."""

    @property
    def joins(self) -> UUID | None:
        """The record."""
        return self.record

    def plan(self, shape: Shape) -> Shape:
        """Raise Unprocessable for a column of this record that is not there."""
        shape.need(pair.left for pair in self.on)
        return Shape(shape.types, open=True)

    def plan_joined(self, shape: Shape, other: Shape) -> Shape:
        """Do the same, and for the other record's columns."""
        self.plan(shape)
        other.need(pair.right for pair in self.on)
        other.need(self.columns or ())
        return shape.plus(
            {new: other.types.get(old) for old, new in self.new_names(shape, other).items()}
        )

    def new_names(self, shape: Shape, other: Shape) -> dict[str, str]:
        """Return the names here of the columns brought in; a second `age` gets a number."""
        compared = {pair.right for pair in self.on}
        wanted = self.columns or [name for name in other.types if name not in compared]
        taken = set(shape.types)
        names = {}
        for name in dict.fromkeys(wanted):
            names[name] = _free(name, taken)
            taken.add(names[name])
        return names


def _free(name: str, taken: set[str]) -> str:
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name} ({number})"
    return free
