"""The work order that upload writes and the worker's `screen_literature` handler reads."""

from typing import ClassVar
from uuid import UUID

from pydantic import Field

from shared.queue.payload import Payload
from shared.screening.criteria import Criteria


class ScreenLiterature(Payload):
    """Read a file of references, and have two models judge each."""

    queue: ClassVar[str] = "screen_literature"
    version: ClassVar[int] = 2

    record_id: UUID
    source: str
    """Name of the file in the bucket."""
    criteria: Criteria
    mapping: dict[str, str]
    tokens: int | None
    """What of the tenant's tokens an attempt may use; None: no limit."""
    calls_per_minute: int | None
    begun: list[float] = Field(default_factory=list)
    """When the tenant's last calls of this kind began, in seconds since the epoch."""
