"""Bring an ended job back: a person's retry, not the worker's."""

from __future__ import annotations

from psycopg import Connection

# It goes next: it has paid for its place once. It comes back without its batch, which has counted
# it as ended, and without its unique key, which may be somebody else's by now.
_REQUEUE = """
with back as (
    delete from queue.ended
     where id = %s and outcome in ('buried', 'cancelled')
    returning *
)
insert into queue.job (id, queue, tenant, subject, priority, cost, payload, payload_version, trace,
                       max_attempts, errors, worked, created_at, turn, tag)
overriding system value
select back.id, back.queue, tenant, subject, priority, cost, payload, payload_version, trace,
       back.max_attempts, errors, worked, created_at, clock.now, clock.now
  from back join queue.policy on policy.queue = back.queue
       cross join lateral (select coalesce(pg_sequence_last_value(policy.clock), 0) as now) clock
returning id
"""


def requeue(conn: Connection, job_id: int) -> bool:
    """Make a buried or cancelled job wait again with all its attempts; False when it is neither."""
    return conn.execute(_REQUEUE, [job_id]).fetchone() is not None
