"""What is to be taken out of texts."""

from __future__ import annotations

from collections import Counter
from typing import Annotated, Literal, Self

from pydantic import Field, RootModel, StringConstraints, model_validator

from shared.model import Model

FieldType = Literal["text", "number", "date", "boolean", "choice"]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
Label = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]

MAX_FIELDS = 50


class TemplateField(Model):
    """One value that is wanted of each text."""

    name: Name
    type: FieldType
    description: Annotated[str, StringConstraints(max_length=1000)] = ""
    labels: Annotated[list[Label], Field(max_length=20, default_factory=list)]
    """What it is called in the texts, besides its name."""
    unit: Annotated[str, StringConstraints(max_length=50)] | None = None
    """Of a number; another unit in the text is no match."""
    choices: Annotated[list[Label], Field(max_length=100, default_factory=list)]
    required: bool = False
    """Whether a text without it is to be looked at by a person."""

    @model_validator(mode="after")
    def _choices_for_a_choice(self) -> Self:
        if (self.type == "choice") != bool(self.choices):
            raise ValueError("choices belong to a field of type choice, which needs them")
        return self

    def called(self) -> list[str]:
        """Return all names that it may have in a text, longest first."""
        names = {self.name, self.name.replace("_", " "), *self.labels}
        return sorted(names, key=lambda name: (-len(name), name))


class Template(
    RootModel[Annotated[list[TemplateField], Field(min_length=1, max_length=MAX_FIELDS)]]
):
    """The fields, each with a name of its own."""

    @model_validator(mode="after")
    def _names_differ(self) -> Self:
        most = Counter(field.name.casefold() for field in self.root).most_common(1)
        if most and most[0][1] > 1:
            raise ValueError(f"there are two fields with the name {most[0][0]!r}")
        return self
