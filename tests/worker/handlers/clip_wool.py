"""SQL and nothing else: writes a line into the ledger, or fails as its payload says."""

from __future__ import annotations

from typing import ClassVar

from psycopg import Connection

from shared.errors import Unrecoverable
from shared.queue.payload import Payload as AnyPayload


class Payload(AnyPayload):
    """`how`: well, slowly, badly, hopelessly or cancelled."""

    queue: ClassVar[str] = "clip_wool"
    name: str
    how: str = "well"


def work(conn: Connection, payload: Payload) -> None:
    """Write the line first, so that a failure has something to undo."""
    conn.execute("insert into public.ledger (name, note) values (%s, 'clipped')", [payload.name])
    match payload.how:
        case "badly":
            conn.execute("select 1 / 0")
        case "hopelessly":
            raise Unrecoverable("This sheep has no wool.")
        case "slowly":
            conn.execute("select pg_sleep(0.002)")
        case "cancelled":
            conn.execute("update queue.lease set cancel_requested = true where queue = 'clip_wool'")
