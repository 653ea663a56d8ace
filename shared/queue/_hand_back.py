"""The one statement that turns a running job into a waiting one."""

from __future__ import annotations

from datetime import timedelta

from psycopg import Connection
from psycopg.types.json import Jsonb

from shared.queue._refusal import refusal
from shared.queue.attempt_error import AttemptError
from shared.queue.held import Held

# The lease is all that remembers that somebody wants a running job stopped: a job that went back to
# wait would run again. Without a delay the job goes next: it has paid for its place already.
_HAND_BACK = """
with lease as (
    delete from queue.lease
     where job_id = %(job_id)s and fence = %(fence)s and not cancel_requested
    returning started_at
)
update queue.job
   set fence = null,
       attempts = attempts - %(refund)s,
       errors = case when %(error)s::jsonb is null then errors
                     else errors || jsonb_build_array(%(error)s::jsonb || jsonb_build_object(
                         'startedAt', lease.started_at, 'endedAt', clock_timestamp())) end,
       worked = worked + (clock_timestamp() - lease.started_at),
       due_at = clock_timestamp() + %(delay)s,
       interruptions = interruptions + %(interrupted)s,
       tag = case when %(delay)s = interval '0' and lane is null then (
                 select coalesce(pg_sequence_last_value(clock), 0)
                   from queue.policy where policy.queue = job.queue) end
  from lease
 where job.id = %(job_id)s
returning job.id
"""


def hand_back(
    conn: Connection,
    job: Held,
    *,
    delay: timedelta = timedelta(0),
    refund: bool = False,
    interrupted: bool = False,
    error: AttemptError | None = None,
) -> None:
    """Give up the lease; the job is due again after `delay`. Raises LeaseLost, CancelRequested."""
    parameters = {
        "job_id": job.id,
        "fence": job.fence,
        "delay": delay,
        "refund": int(refund),
        "interrupted": int(interrupted),
        "error": None if error is None else Jsonb(error.model_dump(mode="json")),
    }
    if conn.execute(_HAND_BACK, parameters).fetchone() is None:
        raise refusal(conn, job)
