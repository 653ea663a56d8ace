"""Try a failed job again, later."""

from __future__ import annotations

from datetime import timedelta

from psycopg import Connection

from shared.queue._hand_back import hand_back
from shared.queue.attempt_error import AttemptError
from shared.queue.held import Held


def retry(conn: Connection, job: Held, error: AttemptError, *, delay: timedelta) -> None:
    """Keep the error, and make the job due again after `delay`; bury one without attempts left.

    Raises LeaseLost, or CancelRequested for a job that nobody wants any more: abandon it.
    """
    hand_back(conn, job, delay=delay, error=error)
