"""Ends a statement that is still busy when the drain's time is up."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from psycopg import Connection

from functions.worker.attempts.meanwhile import meanwhile
from functions.worker.deadline import Deadline

_LOOK_SECONDS = 0.25
_CANCEL_SECONDS = 2.0


@contextmanager
def cut_short(conn: Connection, deadline: Deadline) -> Iterator[None]:
    """Cancel what the connection is doing when the deadline comes during the block.

    The statement then raises psycopg.errors.QueryCanceled, and the transaction rolls back.
    """

    def watch() -> bool:
        if deadline.left():
            return True
        conn.cancel_safe(timeout=_CANCEL_SECONDS)
        return False

    with meanwhile(watch, every=_LOOK_SECONDS):
        yield
