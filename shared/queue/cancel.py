"""Stop jobs that wait or run."""

from __future__ import annotations

from typing import Literal

from psycopg import Connection

from shared.queue._end import end
from shared.queue._plan import own_transaction
from shared.queue.batch_progress import stop_batch

Cancelled = Literal["cancelled", "cancelling", "ended"]

_REQUEST = "update queue.lease set cancel_requested = true where job_id = %s returning job_id"
_NOTHING_FOLLOWS = "update queue.batch set continuation = null where id = %s and ended_at is null"


def cancel(conn: Connection, job_id: int) -> Cancelled:
    """Cancel the job: `cancelled` at once when it waits, `cancelling` when a worker must stop it.

    A running job learns of it at its next heartbeat. `ended`: there was nothing to cancel.
    """
    if end(conn, [(job_id, None)], "cancelled"):
        return "cancelled"
    if conn.execute(_REQUEST, [job_id]).fetchone() is not None:
        return "cancelling"
    # It may have been handed back between the two statements, and wait again.
    return "cancelled" if end(conn, [(job_id, None)], "cancelled") else "ended"


def cancel_batch(conn: Connection, batch_id: int) -> int:
    """Cancel all of a batch that has not ended; return how many jobs waited and are gone.

    What was to follow the batch does not.
    """
    with own_transaction(conn):
        conn.execute(_NOTHING_FOLLOWS, [batch_id])
        waiting = stop_batch(conn, batch_id)
        return len(end(conn, [(job_id, None) for job_id in waiting], "cancelled"))
