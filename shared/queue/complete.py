"""End a job well, in the transaction that holds its business writes."""

from __future__ import annotations

from psycopg import Connection

from shared.queue._end import end
from shared.queue._refusal import refusal
from shared.queue.claim import ClaimedJob


def complete(conn: Connection, job: ClaimedJob) -> None:
    """Move the job to the history; commit it together with what the job has written.

    Raises LeaseLost or CancelRequested; the caller must then roll its writes back.
    """
    if not end(conn, job.id, job.fence, "completed"):
        raise refusal(conn, job)
