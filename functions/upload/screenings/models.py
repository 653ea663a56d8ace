"""What a screening is started with, and what is answered."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, Json, StringConstraints

from shared.model import Model
from shared.screening.criteria import Criteria
from shared.screening.outcome import Rule

FieldName = Literal[
    "title", "abstract", "authors", "year", "journal", "doi", "pmid", "keywords", "url"
]
ColumnName = Annotated[str, StringConstraints(min_length=1, max_length=500)]


class ScreeningOptions(Model):
    """What to look for, and how to read the file."""

    criteria: Criteria
    rule: Rule = "both"
    mapping: Annotated[dict[FieldName, ColumnName], Field(default_factory=dict)]
    """For tables: which column holds which field, where its name does not tell."""


class ScreeningForm(Model):
    """RIS, nbib, BibTeX, CSV or xlsx, as multipart/form-data; criteria and mapping as JSON."""

    file: Annotated[str, Field(json_schema_extra={"format": "binary"})]
    criteria: Json[Criteria]
    rule: Rule = "both"
    mapping: Json[dict[FieldName, ColumnName]] | None = None


class ScreeningFromUpload(ScreeningOptions):
    """A file that is in the bucket already."""

    upload_id: UUID


class ScreeningAccepted(Model):
    """The work is queued; follow it at `status_url`."""

    record_id: UUID
    job_id: int
    status: Literal["processing"] = "processing"
    status_url: str
