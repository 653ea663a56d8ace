"""A small job of SQL and nothing else: one row."""

from __future__ import annotations

from typing import ClassVar

from psycopg import Connection

from shared.queue.payload import Payload as AnyPayload


class Payload(AnyPayload):
    """`n` is what its row says."""

    queue: ClassVar[str] = "tally"
    n: int


def work(conn: Connection, payload: Payload) -> None:
    """Write its row."""
    conn.execute("insert into public.ledger (n) values (%s)", [payload.n])
