"""What every action is: a change of a table, described in JSON."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, ConfigDict, Field, StringConstraints

from shared.clean.column import ODD
from shared.clean.excel import MAX_COLUMNS, MAX_TEXT
from shared.edits.shape import Shape
from shared.model import Model

MAX_NAME = 255


def _not_reserved(name: str) -> str:
    if name == ODD:
        raise ValueError(f"{ODD} is a name that Sluice keeps for itself")
    return name


Name = Annotated[str, Field(min_length=1, max_length=1000)]
"""Of a column that is there."""
NewName = Annotated[
    str,
    StringConstraints(min_length=1, max_length=MAX_NAME, strip_whitespace=True),
    AfterValidator(_not_reserved),
]
Names = Annotated[list[Name], Field(min_length=1, max_length=MAX_COLUMNS)]
Text = Annotated[str, Field(max_length=MAX_TEXT)]


def _tell_apart(schema: dict[str, Any]) -> None:
    """By its name alone an action is known: whoever sends one must name it."""
    schema["required"] = ["action", *schema.get("required", ())]
    schema["properties"]["action"].pop("default", None)


class Action(Model):
    """Base of the actions. A subclass names itself in `action`, which is its file's name."""

    model_config = ConfigDict(frozen=True, defer_build=True, json_schema_extra=_tell_apart)

    action: str

    @property
    def joins(self) -> UUID | None:
        """The other record that this needs, if any."""
        return None

    def plan(self, shape: Shape) -> Shape:
        """Return what the table will look like; raises Unprocessable if that cannot be done."""
        raise NotImplementedError

    def plan_joined(self, shape: Shape, _other: Shape) -> Shape:
        """Do the same where the shape of the joined record is known."""
        return self.plan(shape)
