"""Give a job up."""

from __future__ import annotations

from psycopg import Connection

from shared.errors import LeaseLost
from shared.queue._end import end
from shared.queue.attempt_error import AttemptError
from shared.queue.held import Held


def bury(conn: Connection, job: Held, error: AttemptError) -> None:
    """Move the job to the dead letter, with every attempt's error. Raises LeaseLost."""
    if not end(conn, [(job.id, job.fence)], "buried", error):
        raise LeaseLost(job.id, job.fence)
