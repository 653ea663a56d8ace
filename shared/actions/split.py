"""Take a text column apart."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from shared.edits.action import Action, Name, NewName
from shared.edits.shape import TEXTS, Shape


class Split(Action):
    """Take a text column apart at a separator; the last new column gets all that is left."""

    action: Literal["split"] = "split"
    column: Name
    separator: Annotated[str, Field(min_length=1, max_length=100)]
    into: Annotated[list[NewName], Field(min_length=2, max_length=100)]
    keep: bool = True
    """Whether the column itself stays."""

    def plan(self, shape: Shape) -> Shape:
        """Raise Unprocessable unless it is a column of texts."""
        shape.need([self.column], TEXTS)
        left = shape if self.keep else shape.without([self.column])
        left.need_free(self.into)
        return left.plus(dict.fromkeys(self.into, "text"))
