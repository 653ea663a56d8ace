"""Enqueue jobs that call language models: what each may use is booked in the same transaction."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from psycopg import Connection

from shared.queue.enqueue import enqueue
from shared.queue.find import find
from shared.queue.payload import AnyPayload
from shared.records import model_use
from shared.records.model_use import Allowance
from shared.telemetry.spans import enqueue_span

_ATTEMPTS = 10
"""Endpoints are down for an hour now and then; what is done is kept all the while."""


def enqueue_with_allowance(
    conn: Connection,
    owner: str,
    record_id: UUID,
    payload_of: Callable[[Allowance], AnyPayload],
    *,
    cost: float,
) -> int:
    """Return the job's id. Raises Conflict when the owner has nothing left to grant."""
    allowance = model_use.allow(conn, owner, ended=lambda job_id: _has_ended(conn, job_id))
    payload = payload_of(allowance)
    with enqueue_span(payload.queue) as trace:
        job_id = enqueue(
            conn,
            payload,
            tenant=owner,
            subject=str(record_id),
            cost=cost,
            max_attempts=_ATTEMPTS,
            trace=trace,
        )
    model_use.book(conn, job_id, record_id, owner, allowance)
    return job_id


def _has_ended(conn: Connection, job_id: int) -> bool:
    job = find(conn, job_id)
    return job is None or job.ended
