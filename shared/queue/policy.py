"""How a queue's jobs are treated; kept in the database and changed without a deploy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from psycopg import Connection
from psycopg.rows import class_row

from shared.errors import UnknownQueue
from shared.queue.name import queue_name


@dataclass(frozen=True, slots=True)
class Policy:
    """A queue's policy; None means no limit."""

    queue: str
    clock: str
    """The sequence that holds the queue's virtual time."""
    paused: bool
    lease: timedelta
    max_attempts: int
    backoff_base: timedelta
    backoff_cap: timedelta
    max_running: int | None
    max_running_per_tenant: int | None
    rate: int | None
    """Jobs that may start in each `rate_period`."""
    rate_period: timedelta
    keep: timedelta
    """How long the history is kept; the longest of all queues counts."""
    capped: bool


_ONE = "select * from queue.policy where queue = %s"
_ALL = "select * from queue.policy order by queue"

_CHANGE = """
update queue.policy
   set paused = coalesce(%(paused)s, paused),
       lease = coalesce(%(lease)s, lease),
       max_attempts = coalesce(%(max_attempts)s, max_attempts),
       backoff_base = coalesce(%(backoff_base)s, backoff_base),
       backoff_cap = coalesce(%(backoff_cap)s, backoff_cap),
       max_running = case when %(unlimited)s::text[] @> '{max_running}' then null
                          else coalesce(%(max_running)s, max_running) end,
       max_running_per_tenant =
           case when %(unlimited)s::text[] @> '{max_running_per_tenant}' then null
                else coalesce(%(max_running_per_tenant)s, max_running_per_tenant) end,
       rate = case when %(unlimited)s::text[] @> '{rate}' then null
                   else coalesce(%(rate)s, rate) end,
       rate_period = coalesce(%(rate_period)s, rate_period),
       keep = coalesce(%(keep)s, keep)
 where queue = %(queue)s
returning *
"""

_CHANGEABLE = (
    "paused", "lease", "max_attempts", "backoff_base", "backoff_cap", "max_running",
    "max_running_per_tenant", "rate", "rate_period", "keep",
)  # fmt: skip
UNLIMITED = ("max_running", "max_running_per_tenant", "rate")
"""The limits that can be lifted."""


def declare(conn: Connection, queue: str) -> None:
    """Give a queue its policy and its clock unless it has them; raises InvalidQueueName.

    Enqueueing into an unknown queue does it too.
    """
    conn.execute("select queue.declare(%s)", [queue_name(queue)])


def policy_of(conn: Connection, queue: str) -> Policy | None:
    """Return a queue's policy, None when nothing was ever enqueued or worked on there."""
    with conn.cursor(row_factory=class_row(Policy)) as cursor:
        return cursor.execute(_ONE, [queue]).fetchone()


def policies(conn: Connection) -> list[Policy]:
    """Return the policies of all queues, by name."""
    with conn.cursor(row_factory=class_row(Policy)) as cursor:
        return cursor.execute(_ALL).fetchall()


def change_policy(
    conn: Connection, queue: str, *, lift: tuple[str, ...] = (), **changes: object
) -> Policy:
    """Change some of a queue's policy, lift some of its limits, and return it all.

    `changes` are the fields of Policy that may change; `lift` names some of UNLIMITED. Workers
    follow at their next claim. Raises UnknownQueue.
    """
    parameters = {
        **dict.fromkeys(_CHANGEABLE),
        **changes,
        "unlimited": list(lift),
        "queue": queue,
    }
    with conn.cursor(row_factory=class_row(Policy)) as cursor:
        changed = cursor.execute(_CHANGE, parameters).fetchone()
    if changed is None:
        raise UnknownQueue(f"There is no queue {queue!r}.")
    return changed


_WEIGH = """
insert into queue.weight (tenant, weight) values (%s, %s)
on conflict (tenant) do update set weight = excluded.weight
"""


def weigh(conn: Connection, tenant: str, weight: float) -> None:
    """Give a tenant that many shares of every queue; what waits already keeps its place."""
    conn.execute(_WEIGH, [tenant, weight])
