"""Fan out: jobs that belong together, and a continuation when all of them have ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from psycopg import Connection
from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from shared.queue.batch_progress import continue_if_done
from shared.queue.enqueue_many import NewJob, enqueue_many
from shared.queue.payload import Payload, StoredPayload

_OPEN = """
insert into queue.batch (tenant, subject, fail_fast, continuation)
values (%(tenant)s, %(subject)s, %(fail_fast)s, %(continuation)s)
returning id
"""

_FIND = "select * from queue.batch where id = %s"


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch: `total` jobs of which `pending` have not ended and `failed` went wrong."""

    id: int
    tenant: str
    subject: str | None
    fail_fast: bool
    total: int
    pending: int
    failed: int
    continuation: dict[str, Any] | None
    created_at: datetime
    ended_at: datetime | None


def fan_out(
    conn: Connection,
    jobs: Sequence[Payload],
    *,
    tenant: str,
    subject: str | None = None,
    then: Payload | None = None,
    fail_fast: bool = True,
) -> int:
    """Enqueue the jobs as one batch and return its id, all in the caller's transaction.

    When the last of them has ended, `then` is enqueued, exactly once, in that job's transaction.
    With `fail_fast` one job that is buried or cancelled cancels the others and `then` never comes;
    without it, `then` comes whatever became of them. A batch of no jobs goes on at once.
    A job of the batch may `enqueue` others into it: they are counted in before it is counted out.
    """
    continuation = None if then is None else Jsonb(asdict(StoredPayload.of(then)))
    opened = conn.execute(
        _OPEN,
        {
            "tenant": tenant,
            "subject": subject,
            "fail_fast": fail_fast,
            "continuation": continuation,
        },
    ).fetchone()
    assert opened is not None  # noqa: S101 - an insert that returns nothing has raised
    batch_id = int(opened[0])
    enqueue_many(
        conn,
        [NewJob(payload, tenant=tenant, subject=subject, batch_id=batch_id) for payload in jobs],
    )
    if not jobs:
        continue_if_done(conn, batch_id)
    return batch_id


def find_batch(conn: Connection, batch_id: int) -> Batch | None:
    """Return how far a batch has come."""
    with conn.cursor(row_factory=class_row(Batch)) as cursor:
        return cursor.execute(_FIND, [batch_id]).fetchone()
