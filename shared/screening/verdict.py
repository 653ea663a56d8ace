"""What a model says of a record."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from shared.model import Model

Decision = Literal["include", "exclude", "unclear"]
ModelName = Literal["A", "B"]
Met = Literal["yes", "no", "unclear"]


class Quote(Model):
    """Where in the title or abstract it is said: characters from `start` up to `end`."""

    field: Literal["title", "abstract"]
    start: int
    end: int
    text: str


class CriterionVerdict(Model):
    """Whether a record meets a criterion, and the words that say so."""

    criterion: str
    met: Met
    quote: Quote | None = None


class Verdict(Model):
    """One model's verdict on one record.

    `fault` is set where the model gave no answer that could be used; then nothing is decided.
    """

    number: int
    model: ModelName
    decision: Decision
    criteria: list[CriterionVerdict] = Field(default_factory=list)
    score: float | None = None
    """How relevant it is, for models that rank; only comparable within one screening."""
    fault: str | None = None
