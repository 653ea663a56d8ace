"""The work order that upload writes and the worker's `rank_literature` handler reads."""

from typing import ClassVar
from uuid import UUID

from shared.queue.payload import Payload
from shared.screening.criteria import Criteria


class RankLiterature(Payload):
    """Order a screening's references anew, now that people have decided on some."""

    queue: ClassVar[str] = "rank_literature"

    record_id: UUID
    source: str
    criteria: Criteria
    mapping: dict[str, str]
    included: list[int]
    """Numbers of references."""
    excluded: list[int]
    decisions: int
    """How many were ever made when it was enqueued; tells a newer ranking from an older."""
