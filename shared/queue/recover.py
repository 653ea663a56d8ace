"""Take jobs back from workers that have stopped answering."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal

from psycopg import Connection
from psycopg.rows import class_row

from shared.errors import CancelRequested
from shared.queue._plan import by_index
from shared.queue.abandon import abandon
from shared.queue.attempt_error import AttemptError
from shared.queue.bury import bury
from shared.queue.held import Held
from shared.queue.retry import retry

_MOST = 100
"""Leases that one transaction ends."""

# Skipping locked rows leaves alone a holder that is just now completing, however long it takes.
_EXPIRED = """
select job.id, job.fence, job.payload, job.attempts, job.max_attempts, lease.cancel_requested
  from queue.lease join queue.job on job.id = any(array[lease.job_id])
 where lease.expires_at < clock_timestamp()
 limit %(most)s
   for update of lease skip locked
"""


@dataclass(slots=True)
class Expired(Held):
    """A job whose worker has stopped answering."""

    payload: dict[str, Any]
    attempts: int
    max_attempts: int
    cancel_requested: bool


@dataclass(frozen=True, slots=True)
class Recovered:
    """What became of the jobs whose lease had expired."""

    retried: tuple[Expired, ...] = ()
    buried: tuple[Expired, ...] = ()
    cancelled: tuple[Expired, ...] = ()


def recover(conn: Connection) -> Recovered:
    """End expired leases, 100 at the most. The attempt stays spent: its worker may have died of it.

    A job with attempts left is due at once, another is buried, so that one that kills its worker
    each time ends in the dead letter. Call it in a transaction.
    """
    retried, buried, cancelled = [], [], []
    with by_index(conn), conn.cursor(row_factory=class_row(Expired)) as cursor:
        expired = cursor.execute(_EXPIRED, {"most": _MOST}).fetchall()
    for job in expired:
        match _end_lease(conn, job):
            case "retried":
                retried.append(job)
            case "buried":
                buried.append(job)
            case "cancelled":
                cancelled.append(job)
    return Recovered(tuple(retried), tuple(buried), tuple(cancelled))


def _end_lease(conn: Connection, job: Expired) -> Literal["retried", "buried", "cancelled"]:
    error = AttemptError(
        attempt=job.attempts,
        message="The worker stopped answering while it worked on this.",
    )
    try:
        if job.cancel_requested:
            raise CancelRequested
        if job.attempts >= job.max_attempts:
            bury(conn, job, error)
            return "buried"
        retry(conn, job, error, delay=timedelta(0))
    except CancelRequested:  # if not before, then by the end of another one of its batch
        abandon(conn, job)
        return "cancelled"
    return "retried"
