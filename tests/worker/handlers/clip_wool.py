"""SQL and nothing else: writes a line into the ledger, or fails as its payload says."""

from __future__ import annotations

import os
from typing import ClassVar

from psycopg import Connection

from shared.errors import Unrecoverable
from shared.queue.payload import Payload as AnyPayload


class Payload(AnyPayload):
    """`how`: well, slowly, badly, hopelessly, cancelled, observed or deadly."""

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
        case "observed":
            conn.execute(
                "update public.ledger set note = case when exists (select from queue.lease)"
                " then 'leased' else 'taken' end where name = %s",
                [payload.name],
            )
        case "deadly":
            os._exit(1)
