"""How long the jobs of a queue take, from its own history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from psycopg import Connection
from psycopg.rows import class_row

FRESH_FOR = timedelta(minutes=1)
_NEWEST = 500
_LOOKED_AT = 20_000
"""Ended jobs of all queues among which those are looked for."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds that a queue's last completed jobs took; also per unit of cost (MB, say)."""

    queue: str
    jobs: int
    seconds_p50: float
    seconds_p95: float
    seconds_per_cost: float
    seconds_per_cost_p95: float
    measured_at: datetime

    def expected_seconds(self, cost: float) -> float:
        """Return how long a job of this cost should take."""
        return max(self.seconds_per_cost * cost, 0.0)


_PACE = "select * from queue.pace where queue = %s"

# Reads a bounded piece of the history, and only when what is known has grown old.
_MEASURE = """
with newest as (
    select extract(epoch from worked) as seconds, cost
      from (select queue, outcome, worked, cost from queue.history
             order by id desc limit %(looked_at)s) lately
     where queue = %(queue)s and outcome = 'completed'
     limit %(newest)s
)
insert into queue.pace
select %(queue)s, count(*),
       percentile_cont(0.5) within group (order by seconds),
       percentile_cont(0.95) within group (order by seconds),
       sum(seconds) / sum(cost),
       percentile_cont(0.95) within group (order by seconds / cost),
       clock_timestamp()
  from newest
having count(*) > 0
on conflict (queue) do update
   set (jobs, seconds_p50, seconds_p95, seconds_per_cost, seconds_per_cost_p95, measured_at)
       = (excluded.jobs, excluded.seconds_p50, excluded.seconds_p95, excluded.seconds_per_cost,
          excluded.seconds_per_cost_p95, excluded.measured_at)
"""

_CLAIM_MEASURING = """
select from queue.policy
 where queue = %(queue)s
   and not exists (select from queue.pace where queue = %(queue)s
                      and measured_at > clock_timestamp() - %(fresh_for)s)
   and pg_try_advisory_xact_lock(hashtextextended('queue.pace ' || %(queue)s, 0))
"""


def pace_of(conn: Connection, queue: str) -> Pace | None:
    """Return the last measurement, None before the first job has completed."""
    with conn.cursor(row_factory=class_row(Pace)) as cursor:
        return cursor.execute(_PACE, [queue]).fetchone()


def measure_pace(conn: Connection, queue: str) -> None:
    """Measure anew unless somebody has within FRESH_FOR or is just doing so."""
    parameters = {
        "queue": queue,
        "newest": _NEWEST,
        "looked_at": _LOOKED_AT,
        "fresh_for": FRESH_FOR,
    }
    if conn.execute(_CLAIM_MEASURING, parameters).fetchone() is not None:
        conn.execute(_MEASURE, parameters)
