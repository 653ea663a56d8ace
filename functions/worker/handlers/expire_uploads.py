"""Promised uploads that nobody can start a task from any more go, with what was sent of them."""

from __future__ import annotations

from psycopg import Connection

from functions.worker.regularly import MAINTENANCE, Regularly
from shared.jobs.delete_objects import DeleteObjects
from shared.jobs.expire_uploads import ExpireUploads
from shared.queue.enqueue import enqueue
from shared.records import uploads

__all__ = ["SCHEDULE", "Payload", "work"]

Payload = ExpireUploads
SCHEDULE = Regularly("maintain-stale-uploads", "17 * * * *", Payload())

_AT_ONCE = 10_000


def work(conn: Connection, _payload: ExpireUploads) -> None:
    """Delete the rows, and have the objects deleted once that is committed.

    An upload that a task is just being started from is passed over: its row is locked, or it
    expired less than an hour ago.
    """
    for order in DeleteObjects.of(uploads.delete_stale(conn, limit=_AT_ONCE)):
        enqueue(conn, order, tenant=MAINTENANCE)
