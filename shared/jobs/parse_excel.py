"""The work order that upload writes and the worker's `parse_excel` handler reads."""

from typing import ClassVar
from uuid import UUID

from shared.queue.payload import Payload


class ParseExcel(Payload):
    """Turn the stored original of a sheet record into clean data."""

    queue: ClassVar[str] = "parse_excel"

    record_id: UUID
    source: str
    """Name of the original in the bucket."""
    file_name: str
    """As the user called it; only for messages, content decides how it is read."""
