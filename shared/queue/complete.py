"""End a job well, in the transaction that holds its business writes."""

from __future__ import annotations

from psycopg import Connection

from shared.errors import CancelRequested, LeaseLost
from shared.queue._end import end
from shared.queue.claim import ClaimedJob

_STILL_HELD = "select from queue.lease where job_id = %s and fence = %s"


def complete(conn: Connection, job: ClaimedJob) -> None:
    """Move the job to the history; commit it together with what the job has written.

    Raises LeaseLost or CancelRequested; the caller must then roll its writes back.
    """
    if end(conn, job.id, job.fence, "completed"):
        return
    if conn.execute(_STILL_HELD, [job.id, job.fence]).fetchone() is not None:
        raise CancelRequested(f"Job {job.id} was cancelled.")
    raise LeaseLost(job.id, job.fence)
