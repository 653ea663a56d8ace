"""Put several columns into one text."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from shared.edits.action import Action, Names, NewName
from shared.edits.shape import Shape


class JoinText(Action):
    """Put the cells of several columns into one text, in this order; blanks are passed over."""

    action: Literal["join_text"] = "join_text"
    columns: Names
    into: NewName
    separator: Annotated[str, Field(max_length=100)] = " "

    def plan(self, shape: Shape) -> Shape:
        """Raise Unprocessable for a column that is not there, or a name that is taken."""
        shape.need(self.columns)
        shape.need_free([self.into])
        return shape.plus({self.into: "text"})
