"""What is asked and answered about extractions."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field, NonNegativeInt, PositiveInt, StringConstraints, model_validator

from functions.status.language.work import Work
from shared.extraction.answer import Agreement, FieldAnswer, Found
from shared.extraction.template import Template
from shared.model import Model

Number = Annotated[int, Field(ge=1, le=1_000_000)]


class Extraction(Model):
    """Texts and the fields that are wanted of each; null until the texts are read."""

    record_id: UUID
    template: Template
    sheet_id: UUID | None
    sheet_version: int | None
    column: str | None
    models: list[str] | None
    total_texts: int | None
    created_at: datetime
    expires_at: datetime


class ExtractionList(Model):
    """Records, newest first; `next_cursor` is null on the last page."""

    records: list[Extraction]
    next_cursor: str | None


class ExtractionStatus(Work):
    """How far an extraction is, and the record itself."""

    record: Extraction


class TextsQuery(Model):
    """Which texts: so many after a number."""

    after: NonNegativeInt = 0
    limit: Annotated[PositiveInt, Field(le=200)] = 20


class Span(Model):
    """Characters of the text, from `start` up to `end`."""

    start: NonNegativeInt
    end: NonNegativeInt


class Value(Model):
    """A field of a text: what counts, both models' answers, and who has resolved it."""

    field: str
    agreement: Agreement
    found: Found | None
    """Of what counts; null in a conflict that nobody has resolved."""
    value: str | None
    span: Span | None
    a: FieldAnswer | None
    b: FieldAnswer | None
    resolved_by: str | None
    to_check: bool
    """A person should look: the models differ, or a required field is missing."""


class ExtractedText(Model):
    """A text with its values."""

    number: int
    text: str
    values: list[Value]


class Texts(Model):
    """Some texts; `next_after` is null on the last page."""

    texts: list[ExtractedText]
    next_after: int | None


class Resolve(Model):
    """What a person says of a field; a found value comes with or without its span."""

    number: Number
    field: str
    found: Found
    value: Annotated[str, StringConstraints(max_length=10_000)] | None = None
    span: Span | None = None

    @model_validator(mode="after")
    def _value_of_what_is_found(self) -> Self:
        if (self.found == "found") != (self.value is not None):
            raise ValueError("a value belongs to what is found, and only to that")
        return self


class ExtractionExportQuery(Model):
    """The format of the download."""

    format: Literal["csv", "xlsx"] = "csv"


class ExtractionStarted(Model):
    """Work is queued; follow it at `status_url`."""

    record_id: UUID
    job_id: int
    status: Literal["processing"] = "processing"
    status_url: str
