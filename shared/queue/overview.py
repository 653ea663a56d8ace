"""How much waits, runs and ends in each queue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from psycopg import Connection
from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from shared.queue._plan import by_index, own_transaction

MAX_COUNT = 10_000
"""Counting stops here: asking costs the same however long the queue is."""
MAX_ENDED = 20_000
"""The same for what has ended lately, over all queues together."""


@dataclass(frozen=True, slots=True)
class Load:
    """What goes on in a queue. A count that has reached its limit means so many or more."""

    queue: str
    waiting: int
    """Jobs that could be claimed now; at most MAX_COUNT."""
    delayed: int
    """Jobs that are to come later; at most MAX_COUNT."""
    retrying: int
    """Those of them that have failed before."""
    running: int
    oldest: timedelta | None
    """How long the oldest of the first MAX_COUNT in line has been due."""
    dead_letters: int
    """Of the newest MAX_COUNT dead letters of all queues."""
    given_up_last_hour: int
    """Of them, those of the last hour whose attempts were used up: the others are faults in what
    users sent, and said to them.
    """
    completed_last_minute: int
    completed_last_hour: int


_RUNNING = "select queue, count(*) from queue.lease group by queue"

# The delayed ones that have become due wait too, though no claim has given them a place yet.
_LOADS = """
with dead as materialized (
    select queue, count(*) as jobs,
           count(*) filter (where attempts >= max_attempts
                              and ended_at > now() - interval '1 hour') as given_up
      from (select queue, attempts, max_attempts, ended_at
              from queue.buried order by id desc limit %(count)s) newest
     group by queue
), minute as materialized (
    select queue, count(*) as jobs
      from (select queue from queue.history
             where ended_at > now() - interval '1 minute' and outcome = 'completed'
             limit %(ended)s) lately
     group by queue
), hour as materialized (
    select queue, count(*) as jobs
      from (select queue from queue.history
             where ended_at > now() - interval '1 hour' and outcome = 'completed'
             limit %(ended)s) lately
     group by queue
)
select policy.queue,
       least(line.jobs + later.due, %(count)s) as waiting,
       later.delayed,
       later.retrying,
       coalesce((%(running)s::jsonb ->> policy.queue)::int, 0) as running,
       clock_timestamp() - least(line.oldest, later.oldest) as oldest,
       coalesce(dead.jobs, 0) as dead_letters,
       coalesce(dead.given_up, 0) as given_up_last_hour,
       coalesce(minute.jobs, 0) as completed_last_minute,
       coalesce(hour.jobs, 0) as completed_last_hour
  from queue.policy
  cross join lateral (
       select count(*) as jobs, min(due_at) as oldest
         from (select due_at from queue.job
                where queue = policy.queue and fence is null and tag is not null
                order by queue, tag, id limit %(count)s) first
       ) line
  cross join lateral (
       select count(*) filter (where due_at <= now()) as due,
              count(*) filter (where due_at > now()) as delayed,
              count(*) filter (where due_at > now() and attempts > 0) as retrying,
              min(due_at) filter (where due_at <= now()) as oldest
         from (select due_at, attempts from queue.job
                where queue = policy.queue and fence is null and tag is null
                order by queue, due_at limit %(count)s) first
       ) later
  left join dead on dead.queue = policy.queue
  left join minute on minute.queue = policy.queue
  left join hour on hour.queue = policy.queue
 where policy.queue = any(%(queues)s)
"""


def loads(conn: Connection, queues: Sequence[str]) -> dict[str, Load]:
    """Return the load of each of these queues that has a policy."""
    with own_transaction(conn):
        # The leases are few, and reading them whole is quicker than by an index full of dead
        # entries.
        running: dict[str, int] = dict(conn.execute(_RUNNING).fetchall())
        parameters = {
            "queues": list(queues),
            "running": Jsonb(running),
            "count": MAX_COUNT,
            "ended": MAX_ENDED,
        }
        with by_index(conn), conn.cursor(row_factory=class_row(Load)) as cursor:
            found = cursor.execute(_LOADS, parameters).fetchall()
    return {load.queue: load for load in found}
