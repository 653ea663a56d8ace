"""What the end of a job means for the batch that it belongs to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from psycopg import Connection

from shared.queue.enqueue import enqueue
from shared.queue.payload import StoredPayload

# In the order of the batches, so that two transactions that end jobs of the same batches wait for
# one another instead of deadlocking.
_COUNT_DOWN = """
update queue.batch
   set pending = pending - %(ended)s, failed = failed + %(failed)s
 where id = %(batch_id)s
returning pending, failed, fail_fast
"""

_CLOSE = """
update queue.batch set ended_at = clock_timestamp()
 where id = %s and pending = 0 and ended_at is null
returning continuation, tenant, subject, failed > 0 and fail_fast as stopped
"""

# Passes over a job that is just now ending: it waits for the batch's row, which we hold.
_STOP_RUNNING = """
with running as materialized (
    select lease.job_id
      from queue.job join queue.lease on lease.job_id = any(array[job.id])
     where job.batch_id = %s
       for update of lease skip locked
)
update queue.lease set cancel_requested = true from running
 where lease.job_id = any(array[running.job_id])
"""

_WAITING = """
select id from queue.job where batch_id = %s and fence is null for update skip locked
"""


def children_ended(conn: Connection, batch_ids: Sequence[int], outcome: str) -> list[int]:
    """Count jobs of these batches as ended; return the batches that must be stopped now."""
    to_stop = []
    for batch_id, ended in sorted(Counter(batch_ids).items()):
        failed = 0 if outcome == "completed" else ended
        row = conn.execute(
            _COUNT_DOWN, {"batch_id": batch_id, "ended": ended, "failed": failed}
        ).fetchone()
        if row is None:
            continue
        pending, failures, fail_fast = row
        if pending == 0:
            continue_if_done(conn, batch_id)
        elif fail_fast and failed and failures == failed:
            to_stop.append(batch_id)
    return to_stop


def continue_if_done(conn: Connection, batch_id: int) -> None:
    """Close the batch whose last job has ended, and enqueue what follows."""
    closed = conn.execute(_CLOSE, [batch_id]).fetchone()
    if closed is None:
        return
    continuation, tenant, subject, stopped = closed
    if continuation is not None and not stopped:
        enqueue(conn, StoredPayload(**continuation), tenant=tenant, subject=subject)


def stop_batch(conn: Connection, batch_id: int) -> list[int]:
    """Ask the batch's running jobs to stop; return its waiting ones, for the caller to end."""
    conn.execute(_STOP_RUNNING, [batch_id])
    return [row[0] for row in conn.execute(_WAITING, [batch_id])]
