"""Which queues have something to claim."""

from __future__ import annotations

from collections.abc import Sequence

from psycopg import Connection

from shared.queue._plan import by_index
from shared.queue.tag import LAG

_FROM_THE_MARK = """
select queue from queue.policy
 where queue = any(%(queues)s) and not paused
   and exists (select from queue.job
                where job.queue = policy.queue and fence is null
                  and tag >= (select coalesce(pg_sequence_last_value(policy.clock), 0) - %(lag)s))
"""

_EVERYWHERE = """
select queue from queue.policy
 where queue = any(%(queues)s) and not paused
   and (exists (select from queue.job
                 where job.queue = policy.queue and fence is null and tag is not null)
        or exists (select from queue.job
                    where job.queue = policy.queue and fence is null and tag is null
                      and lane is null and due_at <= (select clock_timestamp())))
"""


def due(conn: Connection, queues: Sequence[str], *, sweep: bool = False) -> set[str]:
    """Return those of the queues that have jobs for a claim; one look instead of a claim in each.

    It looks from the low-water mark on; to `sweep`, also below it and at what was delayed.
    """
    statement = _EVERYWHERE if sweep else _FROM_THE_MARK
    with by_index(conn):
        found = conn.execute(statement, {"queues": list(queues), "lag": LAG})
        return {queue for (queue,) in found}
