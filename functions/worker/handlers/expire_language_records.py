"""Screenings and extractions whose time is up go, as sheet records do: see expire_records."""

from __future__ import annotations

import time
from collections.abc import Callable
from uuid import UUID

from psycopg import Connection

from functions.worker.forgetting import forget
from functions.worker.regularly import Regularly
from shared.jobs.expire_language_records import ExpireLanguageRecords
from shared.queue.purge import purge
from shared.records import extractions, model_use, screenings

__all__ = ["SCHEDULE", "Payload", "work"]

Payload = ExpireLanguageRecords
SCHEDULE = Regularly("maintain-expired-language-records", "12 * * * *", Payload())

_AT_ONCE = 100
_SECONDS = 2.0


def work(conn: Connection, _payload: ExpireLanguageRecords) -> None:
    """Delete what has been hidden long enough; what is left is for the next hour's job."""
    until = time.monotonic() + _SECONDS
    kinds: tuple[tuple[Callable[..., list[UUID]], Callable[[UUID], str]], ...] = (
        (screenings.delete_expired, screenings.prefix_of),
        (extractions.delete_expired, extractions.prefix_of),
    )
    for delete_expired, prefix_of in kinds:
        while gone := delete_expired(conn, limit=_AT_ONCE):
            for record_id in gone:
                purge(conn, f"{record_id}/order")
            forget(conn, gone, prefix_of)
            if time.monotonic() >= until:
                break
    model_use.forget(conn)
