"""End jobs well, in the transaction that holds their business writes."""

from __future__ import annotations

from collections.abc import Sequence

from psycopg import Connection

from shared.errors import CancelRequested, LeaseLost
from shared.queue._end import end
from shared.queue._plan import by_index
from shared.queue.held import Held

_STILL_HELD = "select from queue.lease where job_id = %s and fence = %s"


def complete(conn: Connection, job: Held) -> None:
    """Move the job to the history; commit it together with what the job has written.

    Raises LeaseLost or CancelRequested; the caller must then roll its writes back.
    """
    if complete_many(conn, [job]):
        return
    if conn.execute(_STILL_HELD, [job.id, job.fence]).fetchone() is not None:
        raise CancelRequested(f"Job {job.id} was cancelled.")
    raise LeaseLost(job.id, job.fence)


def complete_many(conn: Connection, jobs: Sequence[Held]) -> set[int]:
    """Move the jobs to the history in one statement, and return the ids of those that went.

    When one is missing, its lease is lost or it was cancelled: roll all back, and complete the
    others without it.
    """
    with by_index(conn):
        return end(conn, [(job.id, job.fence) for job in jobs], "completed")
