"""Let delayed jobs wait in line once they are due."""

from __future__ import annotations

from psycopg import Connection

from shared.queue.tag import HEAD_START, UNIT

_BATCH = 1000

# A job that comes of age stands where one enqueued now would stand. One that is retried has paid
# for its place already: it goes next.
_PROMOTE = """
with due as materialized (
    select id, tenant, priority, attempts, cost from queue.job
     where queue = %(queue)s and fence is null and tag is null and lane is null
       and due_at <= (select clock_timestamp())
     order by queue, due_at
     limit %(batch)s
       for update skip locked
), clock as materialized (
    select coalesce(pg_sequence_last_value(clock), 0) as now
      from queue.policy where queue = %(queue)s
), taken as (
    select due.id, priority, attempts, clock.now,
           greatest(clock.now, (select turn from queue.job
                                 where queue = %(queue)s and tenant = due.tenant
                                   and turn > clock.now and fence is null and tag is not null
                                 order by queue desc, tenant desc, turn desc limit 1))
           + (sum(cost) over (partition by tenant order by id) * %(unit)s
              / coalesce((select weight from queue.weight where tenant = due.tenant), 1)
             )::bigint as turn
      from due cross join clock
)
update queue.job
   set turn = case when taken.attempts > 0 then now else taken.turn end,
       tag = case when taken.attempts > 0 then now
                  else greatest(now, taken.turn + taken.priority * %(head_start)s::bigint) end
  from taken
 where job.id = any(array[taken.id])
"""


def promote(conn: Connection, queue: str) -> int:
    """Give a place in the fair order to the jobs that have become due; return how many."""
    parameters = {"queue": queue, "batch": _BATCH, "head_start": HEAD_START, "unit": UNIT}
    return conn.execute(_PROMOTE, parameters).rowcount
