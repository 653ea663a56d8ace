"""Keep a lease alive while the work goes on."""

from __future__ import annotations

from psycopg import Connection

from shared.errors import LeaseLost
from shared.queue.claim import ClaimedJob
from shared.queue.progress import Progress

_HEARTBEAT = """
update queue.lease
   set expires_at = clock_timestamp() + %(lease)s,
       phase = %(phase)s, done = %(done)s, total = %(total)s
 where job_id = %(job_id)s and fence = %(fence)s
returning cancel_requested
"""


def heartbeat(conn: Connection, job: ClaimedJob, progress: Progress) -> bool:
    """Renew the lease and publish progress; True when somebody asked to cancel. Raises LeaseLost.

    A holder that is late, but that nobody has replaced yet, gets its lease back.
    """
    row = conn.execute(
        _HEARTBEAT,
        {"job_id": job.id, "fence": job.fence, "lease": job.policy.lease, **progress.model_dump()},
    ).fetchone()
    if row is None:
        raise LeaseLost(job.id, job.fence)
    return bool(row[0])
