"""End jobs well, in the transaction that holds their business writes."""

from __future__ import annotations

from collections.abc import Sequence

from psycopg import Connection

from shared.queue._end import end
from shared.queue._plan import by_index
from shared.queue._refusal import refusal
from shared.queue.held import Held


def complete(conn: Connection, job: Held) -> None:
    """Move the job to the history; commit it together with what the job has written.

    Raises LeaseLost or CancelRequested; the caller must then roll its writes back.
    """
    if not complete_many(conn, [job]):
        raise refusal(conn, job)


def complete_many(conn: Connection, jobs: Sequence[Held]) -> set[int]:
    """Move the jobs to the history in one statement, and return the ids of those that went.

    When one is missing, its lease is lost or it was cancelled: roll all back, and complete the
    others without it.
    """
    with by_index(conn):
        return end(conn, [(job.id, job.fence) for job in jobs], "completed")
