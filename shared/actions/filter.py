"""Keep the rows that something is true of."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from shared.clean.values import Json
from shared.edits.action import Action, Name, Text
from shared.edits.shape import ORDERED, TEXTS, Shape
from shared.model import Model

Comparison = Literal[
    "=", "!=", "<", "<=", ">", ">=", "in", "contains", "starts with", "ends with",
    "is blank", "is not blank", "is odd",
]  # fmt: skip
_ORDER = ("<", "<=", ">", ">=")
_ON_TEXTS = ("contains", "starts with", "ends with")
_WITHOUT_VALUE = ("is blank", "is not blank", "is odd")


class Condition(Model):
    """What must be true of a row's cell. Dates and times are written as in ISO 8601."""

    column: Name
    is_: Annotated[Comparison, Field(alias="is")]
    """`is odd` finds the cells that do not fit their column's type, such as #N/A."""
    value: Json | list[Json] = None
    """A list for `in`, nothing for `is …`, else one value; texts are compared as they are."""

    @property
    def constants(self) -> list[Json]:
        """The values that must be of the column's type."""
        if self.is_ in _ON_TEXTS or self.is_ in _WITHOUT_VALUE:
            return []
        return self.value if isinstance(self.value, list) else [self.value]

    @model_validator(mode="after")
    def _has_its_value(self) -> Self:
        if (self.is_ == "in") != isinstance(self.value, list):
            raise ValueError("'in' takes a list of values, and nothing else does")
        if (self.is_ in _WITHOUT_VALUE) != (self.value is None):
            raise ValueError(f"{self.is_!r} takes {'no' if self.value is not None else 'a'} value")
        return self


class Filter(Action):
    """Keep the rows that the conditions, or an expression, are true of."""

    action: Literal["filter"] = "filter"
    conditions: Annotated[list[Condition], Field(min_length=1, max_length=100)] | None = None
    match: Literal["all", "any"] = "all"
    where: Annotated[Text, Field(min_length=1)] | None = None
    """An expression as in `compute`, instead of conditions."""
    keep: bool = True
    """False drops these rows and keeps the others."""

    @model_validator(mode="after")
    def _says_one(self) -> Self:
        if (self.conditions is None) == (self.where is None):
            raise ValueError("give either 'conditions' or 'where'")
        return self

    def plan(self, shape: Shape) -> Shape:
        """Raise Unprocessable for a column that is not there or has no such order."""
        for each in self.conditions or ():
            ordered = (*ORDERED, *TEXTS) if each.is_ in _ORDER else None
            shape.need([each.column], ordered)
            for value in each.constants:
                shape.need_constant(each.column, value)
        return shape
