"""Put other values in the place of some."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from shared.clean.values import Json
from shared.edits.action import Action, Names
from shared.edits.shape import TEXTS, Shape
from shared.model import Model


class Change(Model):
    """One value for another; dates and times are written as in ISO 8601."""

    from_: Annotated[Json, Field(alias="from")]
    """Null is a blank. A text finds odd cells, such as #N/A, too."""
    to: Json = None
    """Null makes a blank."""


class Replace(Action):
    """Put other values in the place of some: correct spellings, recode answers."""

    action: Literal["replace"] = "replace"
    columns: Names
    changes: Annotated[list[Change], Field(min_length=1, max_length=10_000)]
    """The first that fits counts; with `part` all of them, one after the other."""
    match: Literal["cell", "part"] = "cell"
    """Whole cells, or parts of texts."""

    def plan(self, shape: Shape) -> Shape:
        """Raise Unprocessable for a column that is not there, or has no texts to replace in."""
        shape.need(self.columns, TEXTS if self.match == "part" else None)
        for name in self.columns:
            for each in self.changes:
                if each.from_ is not None and not isinstance(each.from_, str):
                    shape.need_constant(name, each.from_)
                if each.to is not None:
                    shape.need_constant(name, each.to)
        return shape
