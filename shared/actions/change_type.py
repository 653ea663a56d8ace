"""Read columns as another type."""

from __future__ import annotations

from typing import Literal

from shared.clean.column import ColumnType
from shared.edits.action import Action, Names
from shared.edits.shape import Shape


class ChangeType(Action):
    """Read columns as another type; texts such as 2024年5月6日, 1,234 or yes are understood."""

    action: Literal["change_type"] = "change_type"
    columns: Names
    type: ColumnType
    unfit: Literal["keep", "blank"] = "keep"
    """What becomes of a cell that is no such value: its text is kept beside the column, or not."""

    def plan(self, shape: Shape) -> Shape:
        """Raise Unprocessable for a column that is not there."""
        shape.need(self.columns)
        return shape.plus(dict.fromkeys(self.columns, self.type))
