"""Look a job up, whatever its state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from psycopg import Connection
from psycopg.rows import class_row

State = Literal["waiting", "scheduled", "retrying", "running", "completed", "cancelled", "buried"]


@dataclass(frozen=True, slots=True)
class KnownJob:
    """A job as the queue knows it; progress is there while it runs."""

    id: int
    queue: str
    tenant: str
    subject: str | None
    batch_id: int | None
    state: State
    priority: int
    cost: float
    attempts: int
    max_attempts: int
    errors: list[dict[str, Any]]
    created_at: datetime
    due_at: datetime | None
    started_at: datetime | None
    ended_at: datetime | None
    worked: timedelta
    """Time that workers have spent on it, over all attempts that have ended."""
    phase: str | None
    done: int | None
    total: int | None
    done_at_claim: int | None
    cancel_requested: bool | None

    @property
    def ended(self) -> bool:
        """Whether nobody will work on it unless somebody asks for it."""
        return self.ended_at is not None


_BY_ID = "select * from queue.known_job where id = %s"

_NEWEST_OF_SUBJECT = """
select * from queue.known_job
 where subject = %(subject)s and queue <> all(%(besides)s)
 order by ended_at is null desc, id desc limit 1
"""


def find(conn: Connection, job_id: int) -> KnownJob | None:
    """Return the job, or None when the queue never knew it or has forgotten it."""
    with conn.cursor(row_factory=class_row(KnownJob)) as cursor:
        return cursor.execute(_BY_ID, [job_id]).fetchone()


def find_newest(conn: Connection, subject: str, *, besides: Sequence[str] = ()) -> KnownJob | None:
    """Return the subject's newest job that has not ended, else the newest of those that have.

    Jobs of the queues `besides` do not count.
    """
    with conn.cursor(row_factory=class_row(KnownJob)) as cursor:
        return cursor.execute(
            _NEWEST_OF_SUBJECT, {"subject": subject, "besides": list(besides)}
        ).fetchone()
