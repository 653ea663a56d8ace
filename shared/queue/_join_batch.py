"""Count a new job in, before it can be counted out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from psycopg import Connection

from shared.errors import BatchEnded

_JOIN = """
update queue.batch set total = total + %(jobs)s, pending = pending + %(jobs)s
 where id = %(batch_id)s and ended_at is null
returning id
"""


def join_batches(conn: Connection, batch_ids: Iterable[int]) -> None:
    """Count one job into each of the batches, as often as it is named. Raises BatchEnded."""
    for batch_id, jobs in sorted(Counter(batch_ids).items()):
        joined = conn.execute(_JOIN, {"batch_id": batch_id, "jobs": jobs}).fetchone()
        if joined is None:
            raise BatchEnded(f"Batch {batch_id} has ended, or there never was one: open another.")
