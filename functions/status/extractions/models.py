"""What is asked and answered about extractions."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field, NonNegativeInt, PositiveInt, StringConstraints, model_validator

from functions.status.models.work import Work
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
    to_check: bool | None = None
    """Those with a value that a person should look at, and nobody has: or those without."""
    field: str | None = None
    """Where only the values of this field count; with `to_check` alone."""

    @model_validator(mode="after")
    def _field_to_check(self) -> Self:
        if self.field is not None and self.to_check is None:
            raise ValueError("a field narrows toCheck: send both")
        return self


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
    matched: int
    """How many there are in all that match."""
    next_after: int | None


class FieldSummary(Model):
    """How many texts' values of a field are what; each text is in one of all but `to_check`."""

    field: str
    agreed: int
    """Both models have found the same value."""
    absent: int
    """Both say that the text denies it."""
    missing: int
    """Both say that the text does not speak of it."""
    conflict: int
    unanswered: int
    """A model has not answered yet."""
    resolved: int
    """A person has said what counts."""
    to_check: int


class ExtractionSummary(Model):
    """Where an extraction stands."""

    texts: int | None
    """Null until the texts are read."""
    texts_to_check: int
    fields: list[FieldSummary]


class Resolve(Model):
    """What a person says of a field; a value comes with or without its span.

    What is found needs a value of the field's type; what is absent or missing has none.
    """

    number: Number
    field: str
    found: Found
    value: Annotated[str, StringConstraints(max_length=10_000)] | None = None
    span: Span | None = None


class ExtractionExportQuery(Model):
    """The format of the download."""

    format: Literal["csv", "xlsx"] = "csv"


class ExtractionStarted(Model):
    """Work is queued; follow it at `status_url`."""

    record_id: UUID
    job_id: int
    status: Literal["processing"] = "processing"
    status_url: str
