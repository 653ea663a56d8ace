"""Work on a record: it is found by the record's id, and goes on with the trace of the request."""

from __future__ import annotations

from uuid import UUID

from psycopg import Connection

from shared.queue.enqueue import UniqueWhile, enqueue
from shared.queue.payload import AnyPayload
from shared.telemetry.spans import enqueue_span


def enqueue_about(
    conn: Connection,
    record_id: UUID,
    payload: AnyPayload,
    *,
    owner: str,
    cost: float,
    unique_key: str | None = None,
    unique_while: UniqueWhile = "unended",
    refuse_duplicate: bool = False,
    max_attempts: int | None = None,
) -> int:
    """Return the job's id; the rest is as `enqueue` has it, and raises what that raises."""
    with enqueue_span(payload.queue) as trace:
        return enqueue(
            conn,
            payload,
            tenant=owner,
            subject=str(record_id),
            cost=cost,
            unique_key=unique_key,
            unique_while=unique_while,
            refuse_duplicate=refuse_duplicate,
            max_attempts=max_attempts,
            trace=trace,
        )
