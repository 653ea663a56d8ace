"""The history by days: partitions made ahead, and dropped when their time is over."""

from __future__ import annotations

from psycopg import Connection

DAYS_AHEAD = 3

# One at a time, and a short wait for the table: whoever comes second finds the work done.
_KEEP_UP = "select queue.keep_up(%s)"


def keep_up_partitions(conn: Connection) -> None:
    """Make the partitions of the next DAYS_AHEAD days, and drop those that no queue keeps.

    What retention drops goes by whole days; a day is kept as long as any queue's policy keeps it.
    """
    conn.execute("set local lock_timeout = '2s'")
    conn.execute(_KEEP_UP, [DAYS_AHEAD])
