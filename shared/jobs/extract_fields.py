"""The work order that upload writes and the worker's `extract_fields` handler reads."""

from typing import ClassVar
from uuid import UUID

from pydantic import Field

from shared.extraction.template import Template
from shared.queue.payload import Payload


class ExtractFields(Payload):
    """Take the fields of a template out of texts, by two models."""

    queue: ClassVar[str] = "extract_fields"
    version: ClassVar[int] = 2

    record_id: UUID
    template: Template
    texts_key: str | None
    """Where the texts are, as a JSON list; None: in a column of a sheet record."""
    clean_data_key: str | None
    column: str | None
    tokens: int | None
    """What of the tenant's tokens an attempt may use; None: no limit."""
    calls_per_minute: int | None
    begun: list[float] = Field(default_factory=list)
    """When the tenant's last calls of this kind began, in seconds since the epoch."""
