"""The history's partitions: the coming days' are made, those that nobody keeps are dropped.

Nothing depends on its running in time. What ends on a day without a partition goes to history_rest,
where the same retention finds it, so that a paused schedule costs disk space and nothing else.
"""

from __future__ import annotations

from psycopg import Connection
from psycopg.errors import LockNotAvailable

from functions.worker.regularly import Regularly
from shared.errors import RetryAfter
from shared.jobs.keep_history import KeepHistory
from shared.queue.retention import keep_up_partitions

__all__ = ["SCHEDULE", "Payload", "work"]

Payload = KeepHistory
SCHEDULE = Regularly("maintain-history", "37 * * * *", Payload())

_TRY_AGAIN_SECONDS = 600.0


def work(conn: Connection, _payload: KeepHistory) -> None:
    """Keep up; raises RetryAfter where somebody, a backup for example, holds the table."""
    try:
        keep_up_partitions(conn)
    except LockNotAvailable as error:
        raise RetryAfter(
            _TRY_AGAIN_SECONDS, "Somebody holds the history's table: a backup, perhaps."
        ) from error
