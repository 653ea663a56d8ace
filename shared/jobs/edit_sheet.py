"""The work order that upload writes and the worker's `edit_sheet` handler reads."""

from typing import Any, ClassVar
from uuid import UUID

from shared.queue.payload import Payload


class EditSheet(Payload):
    """Apply actions to a version of a sheet record, and make the result its next version."""

    queue: ClassVar[str] = "edit_sheet"

    record_id: UUID
    expected_version: int
    """The one that is edited; the edit is refused if the record has moved on."""
    clean_data_key: str
    """Of that version."""
    actions: list[dict[str, Any]]
    """As JSON data, checked already; see `shared.edits.known`."""
    joined: dict[UUID, str]
    """The clean data of the records that are joined, as they were when the edit was asked for."""
    created_by: str
