"""Put something into blank cells."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import model_validator

from shared.clean.values import Json
from shared.edits.action import Action, Names
from shared.edits.shape import NUMBERS, ORDERED, Shape


class Fill(Action):
    """Put something into the blank cells of columns; a whole number stays one, rounded."""

    action: Literal["fill"] = "fill"
    columns: Names
    method: Literal["constant", "mean", "median", "mode", "forward", "backward"]
    """Of the same column; `forward` takes the last cell above, `backward` the next one below."""
    value: Json = None
    """The constant, of the column's type; dates and times as in ISO 8601."""
    odd: bool = False
    """Fill also the cells that do not fit their column's type, such as #N/A."""

    @model_validator(mode="after")
    def _has_its_value(self) -> Self:
        if (self.method == "constant") != (self.value is not None):
            raise ValueError("'constant' takes a value, and nothing else does")
        return self

    def plan(self, shape: Shape) -> Shape:
        """Raise Unprocessable for a column that is not there or has no such figure."""
        types = {"mean": (*NUMBERS, "duration"), "median": ORDERED}.get(self.method)
        shape.need(self.columns, types)
        if self.value is not None:
            for name in self.columns:
                shape.need_constant(name, self.value)
        return shape
