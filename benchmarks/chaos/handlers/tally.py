"""SQL and nothing else: one row in a ledger that would show it if it were done twice."""

from __future__ import annotations

from typing import ClassVar

from psycopg import Connection

from shared.errors import Unrecoverable
from shared.queue.payload import Payload as AnyPayload


class Payload(AnyPayload):
    """`hopeless` ones write their row, too, and then fail."""

    queue: ClassVar[str] = "tally"
    name: str
    hopeless: bool = False


def work(conn: Connection, payload: Payload) -> None:
    """Take long enough for something to happen between the row and the commit."""
    conn.execute("insert into public.ledger (name) values (%s)", [payload.name])
    conn.execute("select pg_sleep(0.005)")
    if payload.hopeless:
        raise Unrecoverable("This one cannot be counted.")
