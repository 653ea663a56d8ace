"""Take jobs back from workers that have stopped answering."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from psycopg import Connection
from psycopg.rows import dict_row

from shared.queue.abandon import abandon
from shared.queue.attempt_error import AttemptError
from shared.queue.bury import bury
from shared.queue.claim import ClaimedJob
from shared.queue.retry import retry

# Skipping locked rows leaves alone a holder that is just now completing, however long it takes.
_EXPIRED = """
select job.id, job.queue, job.tenant, job.subject, job.payload, job.attempts, job.max_attempts,
       job.fence, null as checkpoint, lease.cancel_requested
  from queue.lease join queue.job on job.id = lease.job_id
 where lease.expires_at < clock_timestamp()
 order by lease.expires_at
 limit %s
   for update of lease skip locked
"""


@dataclass(frozen=True, slots=True)
class Recovered:
    """What became of the jobs whose lease had expired."""

    retried: tuple[ClaimedJob, ...] = ()
    buried: tuple[ClaimedJob, ...] = ()
    cancelled: tuple[ClaimedJob, ...] = ()


def recover(conn: Connection, *, limit: int = 100) -> Recovered:
    """End up to `limit` expired leases. The attempt stays spent: its worker may have died of it.

    A job with attempts left is due at once, another is buried, so that one that kills its worker
    each time ends in the dead letter.
    """
    retried, buried, cancelled = [], [], []
    with conn.cursor(row_factory=dict_row) as cursor:
        expired = cursor.execute(_EXPIRED, [limit]).fetchall()
    for row in expired:
        cancel_requested = row.pop("cancel_requested")
        job = ClaimedJob(**row)
        error = AttemptError(
            attempt=job.attempts,
            message="The worker stopped answering while it worked on this.",
        )
        if cancel_requested:
            abandon(conn, job)
            cancelled.append(job)
        elif job.attempts < job.max_attempts:
            retry(conn, job, error, delay=timedelta(0))
            retried.append(job)
        else:
            bury(conn, job, error)
            buried.append(job)
    return Recovered(tuple(retried), tuple(buried), tuple(cancelled))
