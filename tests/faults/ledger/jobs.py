"""The jobs, and the ledger that their effects are counted in."""

from __future__ import annotations

from typing import ClassVar

from shared.queue.payload import Payload

QUEUE = "count_once"

# No key, no unique constraint: they would hide what was done twice.
LEDGER = "create table ledger (job_id bigint not null, fence bigint not null)"


class CountOnce(Payload):
    """A job whose only effect is one row in the ledger."""

    queue: ClassVar[str] = QUEUE
    prefix: str = "none"
