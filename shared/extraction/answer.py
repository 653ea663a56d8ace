"""What a model says of one field of one text, and what two of them come to."""

from __future__ import annotations

from typing import Literal

from shared.model import Model
from shared.screening.verdict import ModelName

Found = Literal["found", "absent", "missing"]
"""`absent`: the text says that there is none. `missing`: the text does not speak of it."""
Agreement = Literal["agreed", "conflict", "unanswered"]
"""Spans may differ where two agree, as a value can be stated twice."""


class FieldAnswer(Model):
    """The value and the exact characters of the text, from `start` up to `end`, that state it.

    `fault` is set where the model gave no answer that could be used.
    """

    row: int
    field: str
    model: ModelName
    found: Found
    value: str | None = None
    """In one form: 12.5, 2024-03-01, true, or a choice as it is listed."""
    start: int | None = None
    end: int | None = None
    fault: str | None = None
