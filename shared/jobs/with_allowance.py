"""Jobs that call language models: what each may use is booked when it is enqueued, and anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar
from uuid import UUID

from psycopg import Connection

from shared.jobs.about_record import enqueue_about
from shared.queue.payload import AnyPayload, Payload
from shared.queue.search import known
from shared.records import model_pace, model_use
from shared.records.model_use import Allowance

P = TypeVar("P", bound=Payload)

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
    allowance = model_use.allow(conn, owner, live=lambda job_ids: _live(conn, job_ids))
    payload = payload_of(allowance)
    job_id = enqueue_about(conn, record_id, payload, owner=owner, cost=cost, max_attempts=_ATTEMPTS)
    model_use.book(conn, job_id, record_id, owner, allowance)
    return job_id


def with_fresh_allowance(conn: Connection, payload: P, job_id: int, tenant: str) -> P:
    """Return the payload with what an attempt that is about to begin may use, which is booked."""
    allowance = model_use.renew(conn, job_id, tenant, live=lambda job_ids: _live(conn, job_ids))
    return payload.model_copy(
        update={
            "tokens": allowance.tokens,
            "calls_per_minute": allowance.calls_per_minute,
            "begun": model_pace.begun(conn, tenant, payload.queue),
        }
    )


def _live(conn: Connection, job_ids: Sequence[int]) -> set[int]:
    return {job.id for job in known(conn, job_ids) if not job.ended}
