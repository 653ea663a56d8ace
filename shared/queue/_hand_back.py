"""The one statement that turns a running job into a waiting one."""

from __future__ import annotations

from datetime import timedelta

from psycopg import Connection
from psycopg.types.json import Jsonb

from shared.queue._refusal import refusal
from shared.queue.attempt_error import AttemptError
from shared.queue.claim import ClaimedJob

# Its lease is all that remembers that somebody wants a running job stopped: a job that went back to
# wait would run again.
_HAND_BACK = """
with lease as (
    delete from queue.lease
     where job_id = %(job_id)s and fence = %(fence)s and not cancel_requested
    returning job_id
)
update queue.job
   set fence = null,
       attempts = attempts - %(refund)s,
       errors = errors || %(error)s,
       due_at = greatest(due_at, clock_timestamp() + %(delay)s)
  from lease
 where job.id = lease.job_id
returning job.id
"""


def hand_back(
    conn: Connection,
    job: ClaimedJob,
    *,
    delay: timedelta = timedelta(0),
    refund: bool = False,
    error: AttemptError | None = None,
) -> None:
    """Give up the lease; the job is due again after `delay`. Raises LeaseLost, CancelRequested."""
    parameters = {
        "job_id": job.id,
        "fence": job.fence,
        "delay": delay,
        "refund": int(refund),
        "error": Jsonb([] if error is None else [error.model_dump(mode="json")]),
    }
    if conn.execute(_HAND_BACK, parameters).fetchone() is None:
        raise refusal(conn, job)
