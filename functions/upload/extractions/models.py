"""What an extraction is started with, and what is answered."""

from __future__ import annotations

from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator

from shared.extraction.template import Template
from shared.model import Model

MAX_TEXTS = 10_000

Text = Annotated[str, StringConstraints(max_length=1_000_000)]


class ExtractionRequest(Model):
    """Texts as they are, or a column of a sheet record, and the fields that are wanted of each."""

    template: Template
    texts: Annotated[list[Text], Field(min_length=1, max_length=MAX_TEXTS)] | None = None
    sheet_id: UUID | None = None
    column: Annotated[str, StringConstraints(min_length=1, max_length=1000)] | None = None

    @model_validator(mode="after")
    def _either_or(self) -> Self:
        of_sheet = self.sheet_id is not None and self.column is not None
        if of_sheet == (self.texts is not None) or (self.sheet_id is None) != (self.column is None):
            raise ValueError("send either texts, or sheetId and column")
        return self


class ExtractionAccepted(Model):
    """The work is queued; follow it at `status_url`."""

    record_id: UUID
    job_id: int
    status: Literal["processing"] = "processing"
    status_url: str
