"""Give columns other names."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from shared.edits.action import Action, Name, NewName
from shared.edits.shape import Shape


class Rename(Action):
    """Give columns other names; two may swap theirs."""

    action: Literal["rename"] = "rename"
    columns: Annotated[dict[Name, NewName], Field(min_length=1)]
    """The new name by the old one."""

    def plan(self, shape: Shape) -> Shape:
        """Raise Unprocessable for a column that is not there, or a name that is taken."""
        shape.need(self.columns)
        shape.without(self.columns).need_free(self.columns.values())
        return shape.renamed(self.columns)
