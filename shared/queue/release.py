"""Hand an unfinished job back because the worker's time is up, not because it failed."""

from __future__ import annotations

from datetime import timedelta

from psycopg import Connection

from shared.errors import LeaseLost
from shared.queue._hand_back import hand_back
from shared.queue.held import Held

MOST_INTERRUPTIONS = 20
"""So often an attempt is refunded because its worker had to stop, although it got nowhere."""

_ADVANCED = """
select coalesce(checkpoint.done, 0) > lease.done_at_claim, interruptions
  from queue.lease join queue.job on job.id = lease.job_id
                   left join queue.checkpoint using (job_id)
 where lease.job_id = %s and lease.fence = %s
   for update of lease
"""


def release(
    conn: Connection, job: Held, *, started: bool = True, interrupted: bool = False
) -> bool:
    """Make the job due at once, with its checkpoint; True when its attempt was refunded.

    The attempt is refunded when the checkpoint has advanced since the claim, when the job was never
    `started`, or when its worker was `interrupted` (an instance that is told to stop), the latter
    MOST_INTERRUPTIONS times. Otherwise it stays spent: bury a job that has none left, so that one
    that gets nowhere cannot go round for ever. Raises LeaseLost, or CancelRequested for a job that
    nobody wants any more: abandon it.
    """
    row = conn.execute(_ADVANCED, [job.id, job.fence]).fetchone()
    if row is None:
        raise LeaseLost(job.id, job.fence)
    advanced, interruptions = row
    excused = interrupted and not advanced and interruptions < MOST_INTERRUPTIONS
    refund = advanced or excused or not started
    hand_back(conn, job, delay=timedelta(0), refund=refund, interrupted=excused)
    return bool(refund)
