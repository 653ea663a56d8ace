"""How many jobs stand before a waiting one."""

from __future__ import annotations

from psycopg import Connection

MAX_POSITION = 1000
"""Counting stops here: further back, the exact number helps nobody."""

_AHEAD = """
select count(*) from (
    select from queue.job, (select queue, tag, id from queue.job where id = %(id)s) me
     where job.queue = me.queue and job.fence is null and (job.tag, job.id) < (me.tag, me.id)
     limit %(limit)s
) ahead
"""


def position(conn: Connection, job_id: int) -> int:
    """Return how many due jobs will be claimed before this one, MAX_POSITION + 1 when more."""
    row = conn.execute(_AHEAD, {"id": job_id, "limit": MAX_POSITION + 1}).fetchone()
    return int(row[0]) if row else 0
