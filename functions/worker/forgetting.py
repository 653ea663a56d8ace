"""Records whose rows go leave nothing behind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

from psycopg import Connection

from functions.worker.regularly import MAINTENANCE
from shared.jobs.delete_objects import DeleteObjects
from shared.queue.enqueue import enqueue
from shared.queue.purge import purge
from shared.records import idempotency_keys


def forget(conn: Connection, records: Sequence[UUID], prefix_of: Callable[[UUID], str]) -> None:
    """Delete what the queue knows of records, their keys and, by work orders, their objects."""
    for record_id in records:
        purge(conn, str(record_id))
    idempotency_keys.forget(conn, *records)
    for order in DeleteObjects.of([f"{prefix_of(record_id)}/" for record_id in records]):
        enqueue(conn, order, tenant=MAINTENANCE)
