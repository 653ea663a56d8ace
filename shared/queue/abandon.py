"""End a running job that somebody has cancelled."""

from __future__ import annotations

from psycopg import Connection

from shared.errors import LeaseLost
from shared.queue._end import end
from shared.queue.held import Held


def abandon(conn: Connection, job: Held) -> None:
    """Move the job to the history as cancelled. Raises LeaseLost."""
    if not end(conn, [(job.id, job.fence)], "cancelled"):
        raise LeaseLost(job.id, job.fence)
