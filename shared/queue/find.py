"""Look a job up, whatever its state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, LiteralString, NamedTuple

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


_BY_ID: LiteralString = "select * from queue.known_job where id = %(job_id)s"

_NEWEST_OF_SUBJECT: LiteralString = """
select * from queue.known_job
 where subject = %(subject)s and queue <> all(%(besides)s)
 order by ended_at is null desc, id desc limit 1
"""


class JobQuery(NamedTuple):
    """What finds a job, or none, in the columns that KnownJob has: to be run, or joined."""

    text: LiteralString
    parameters: Mapping[str, object]


def by_id(job_id: int) -> JobQuery:
    """Ask for a job that the queue may never have known, or have forgotten."""
    return JobQuery(_BY_ID, {"job_id": job_id})


def newest_of(subject: str, *, besides: Sequence[str] = ()) -> JobQuery:
    """Ask for the subject's newest job that has not ended, else the newest of those that have.

    Jobs of the queues `besides` do not count.
    """
    return JobQuery(_NEWEST_OF_SUBJECT, {"subject": subject, "besides": list(besides)})


def find(conn: Connection, job_id: int) -> KnownJob | None:
    """Return the job, or None when the queue never knew it or has forgotten it."""
    return found(conn, by_id(job_id))


def find_newest(conn: Connection, subject: str, *, besides: Sequence[str] = ()) -> KnownJob | None:
    """Return what `newest_of` asks for, None where there is none."""
    return found(conn, newest_of(subject, besides=besides))


def found(conn: Connection, query: JobQuery) -> KnownJob | None:
    """Return the job that a query finds."""
    with conn.cursor(row_factory=class_row(KnownJob)) as cursor:
        return cursor.execute(*query).fetchone()
