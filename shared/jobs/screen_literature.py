"""The work order that upload writes and the worker's `screen_literature` handler reads."""

from typing import ClassVar
from uuid import UUID

from shared.queue.payload import Payload
from shared.screening.criteria import Criteria


class ScreenLiterature(Payload):
    """Read a file of references, and have two models judge each."""

    queue: ClassVar[str] = "screen_literature"

    record_id: UUID
    source: str
    """Name of the file in the bucket."""
    criteria: Criteria
    mapping: dict[str, str]
    tokens: int | None
    """What of the tenant's tokens this job may use; None: no limit."""
    calls_per_minute: int | None
