"""The work order that status writes and the worker's `apply_extraction` handler reads."""

from typing import ClassVar
from uuid import UUID

from shared.extraction.template import Template
from shared.queue.payload import Payload


class ApplyExtraction(Payload):
    """Add what was extracted to a sheet record, as new columns of its next version."""

    queue: ClassVar[str] = "apply_extraction"

    sheet_id: UUID
    expected_version: int
    clean_data_key: str
    """Of that version."""
    template: Template
    values_key: str
    """Where the values are: a JSON object, for each field a list with one value for each row."""
    extraction_id: UUID
    created_by: str
