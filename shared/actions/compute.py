"""A column that is computed from others."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from shared.edits.action import Action, NewName
from shared.edits.shape import Shape


class Compute(Action):
    """Compute a column, row by row; one that has the name already is replaced.

    The expression is SQL's: numbers, 'texts', columns by their names (in double quotes where they
    are not plain words), + - * / % || = <> < > and or not, case, cast, between, in, like, is null,
    and functions such as round, coalesce, lower, replace, year, date_diff.
    """

    action: Literal["compute"] = "compute"
    column: NewName
    expression: Annotated[str, Field(min_length=1, max_length=10_000)]

    def plan(self, shape: Shape) -> Shape:
        """Leave it to the work to read the expression."""
        return shape.plus({self.column: None})
