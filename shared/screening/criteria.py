"""What a screening looks for: PICOS, and statements that include or exclude."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from shared.model import Model

Statement = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]

PICOS = ("population", "intervention", "comparison", "outcome", "study_design")


class Criterion(Model):
    """One question that is put to every record."""

    id: str
    kind: Literal["include", "exclude"]
    """Whether a record must meet it, or must not."""
    text: str


class Criteria(Model):
    """At least one of them must be there."""

    population: Statement | None = None
    intervention: Statement | None = None
    comparison: Statement | None = None
    outcome: Statement | None = None
    study_design: Statement | None = None
    include: Annotated[list[Statement], Field(max_length=20, default_factory=list)]
    exclude: Annotated[list[Statement], Field(max_length=20, default_factory=list)]

    @model_validator(mode="after")
    def _says_what_to_include(self) -> Self:
        if not any(each.kind == "include" for each in self.each()):
            raise ValueError("say what to include: a part of PICOS, or a statement")
        return self

    def each(self) -> list[Criterion]:
        """Return them one by one, in a fixed order."""
        picos = [(name, getattr(self, name)) for name in PICOS]
        return [
            *(Criterion(id=name, kind="include", text=text) for name, text in picos if text),
            *_numbered("include", self.include),
            *_numbered("exclude", self.exclude),
        ]


def _numbered(kind: Literal["include", "exclude"], texts: list[str]) -> list[Criterion]:
    return [
        Criterion(id=f"{kind}-{number}", kind=kind, text=text)
        for number, text in enumerate(texts, 1)
    ]
