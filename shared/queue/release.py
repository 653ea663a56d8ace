"""Hand an unfinished job back because the worker's time is up, not because it failed."""

from __future__ import annotations

from datetime import timedelta

from psycopg import Connection

from shared.errors import LeaseLost
from shared.queue._hand_back import hand_back
from shared.queue.held import Held

_ADVANCED = """
select coalesce(checkpoint.done, 0) > lease.done_at_claim
  from queue.lease left join queue.checkpoint using (job_id)
 where lease.job_id = %s and lease.fence = %s
   for update of lease
"""


def release(conn: Connection, job: Held, *, started: bool = True) -> bool:
    """Make the job due at once, with its checkpoint; True when its attempt was refunded.

    The attempt is refunded when the checkpoint has advanced since the claim, or when the job was
    never `started`. Otherwise it stays spent: bury a job that has none left, so that one that gets
    nowhere cannot go round for ever. Raises LeaseLost, or CancelRequested for a job that nobody
    wants any more: abandon it.
    """
    row = conn.execute(_ADVANCED, [job.id, job.fence]).fetchone()
    if row is None:
        raise LeaseLost(job.id, job.fence)
    refund = bool(row[0]) or not started
    hand_back(conn, job, delay=timedelta(0), refund=refund)
    return refund
