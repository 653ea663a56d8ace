"""Bring an ended job back: a person's retry, not the worker's."""

from __future__ import annotations

from psycopg import Connection

_REQUEUE = """
with back as (
    delete from queue.ended
     where id = %s and outcome in ('buried', 'cancelled')
    returning *
)
insert into queue.job (id, queue, tenant, subject, priority, payload, payload_version,
                       max_attempts, errors, due_at, created_at)
overriding system value
select id, queue, tenant, subject, priority, payload, payload_version,
       max_attempts, errors, clock_timestamp(), created_at
  from back
returning id
"""


def requeue(conn: Connection, job_id: int) -> bool:
    """Make a buried or cancelled job wait again with all its attempts; False when it is neither."""
    return conn.execute(_REQUEUE, [job_id]).fetchone() is not None
