"""What a claim needs to know first, and the planner with it."""

from __future__ import annotations

from psycopg import Connection
from psycopg.rows import class_row

from shared.queue.policy import Policy

_OPEN_POLICY = """
select policy.*
  from queue.policy, queue.by_index()
 where policy.queue = %s and not paused
"""


def open_policy(conn: Connection, queue: str) -> Policy | None:
    """Return the policy, None where nothing may be claimed; the transaction then goes by index."""
    with conn.cursor(row_factory=class_row(Policy)) as cursor:
        return cursor.execute(_OPEN_POLICY, [queue]).fetchone()
