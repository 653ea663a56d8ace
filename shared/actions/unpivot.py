"""Stack columns into rows."""

from __future__ import annotations

from typing import Literal

from shared.edits.action import Action, Names, NewName
from shared.edits.shape import Shape
from shared.errors import Unprocessable


class Unpivot(Action):
    """Make a row of each cell of some columns: from wide to long; the other columns repeat.

    Columns of several types become texts, integers and decimals become decimals.
    """

    action: Literal["unpivot"] = "unpivot"
    columns: Names
    names_into: NewName = "name"
    values_into: NewName = "value"
    blanks: bool = True
    """Whether blank cells make rows, too."""

    def plan(self, shape: Shape) -> Shape:
        """Raise Unprocessable for a column that is not there, or a name that is taken."""
        shape.need(self.columns)
        if len(set(self.columns)) < len(self.columns):
            raise Unprocessable("Name each column once.")
        left = shape.without(self.columns)
        left.need_free([self.names_into, self.values_into])
        return left.plus({self.names_into: "text", self.values_into: None})
