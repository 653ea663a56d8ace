"""Records whose time is up go, with their jobs, their keys and their objects.

A record that expires is hidden from that moment on. An hour later nobody can still be reading it,
and its row goes in one transaction with all that the queue knows of it and with the work order to
delete its objects: a crash leaves either all of it or that order. What a job of the record writes
while it is being stopped is swept by that job's worker or, if that has died, as orphans.
"""

from __future__ import annotations

import time

from psycopg import Connection

from functions.worker.forgetting import forget
from functions.worker.regularly import MAINTENANCE, Regularly
from shared.jobs.expire_records import ExpireRecords
from shared.queue.enqueue import enqueue
from shared.records import sheets

__all__ = ["SCHEDULE", "Payload", "work"]

Payload = ExpireRecords
SCHEDULE = Regularly("maintain-expired-records", "7 * * * *", Payload())

_AT_ONCE = 100
_SECONDS = 2.0
"""A transaction that holds locks should be short; another job takes what is left."""


def work(conn: Connection, _payload: ExpireRecords) -> None:
    """Delete what has been hidden long enough; two runs at once share it out."""
    until = time.monotonic() + _SECONDS
    while gone := sheets.delete_expired(conn, limit=_AT_ONCE):
        forget(conn, gone, sheets.prefix_of)
        if time.monotonic() >= until:
            enqueue(
                conn,
                ExpireRecords(),
                tenant=MAINTENANCE,
                unique_key="what is left",
                unique_while="waiting",
            )
            return
