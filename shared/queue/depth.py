"""How much is left to do."""

from __future__ import annotations

from collections.abc import Sequence

from psycopg import Connection

MAX_DEPTH = 10_000
"""Counting stops here, so that asking costs the same however long the queue is."""

_DUE = """
select count(*) from (
    select from queue.job join queue.policy using (queue)
     where queue = any(%(queues)s) and not paused and fence is null and lane is null
       and (tag is not null or due_at <= (select clock_timestamp()))
     limit %(limit)s
) due
"""


def depth(conn: Connection, queues: Sequence[str]) -> int:
    """Return how many jobs wait that no pause holds back, at most MAX_DEPTH."""
    row = conn.execute(_DUE, {"queues": list(queues), "limit": MAX_DEPTH}).fetchone()
    return int(row[0]) if row else 0
