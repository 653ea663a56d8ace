"""Ends a statement that is still busy when the drain's time is up."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from psycopg import Connection

from functions.worker.deadline import Deadline

_LOOK_SECONDS = 0.25
_CANCEL_SECONDS = 2.0


@contextmanager
def cut_short(conn: Connection, deadline: Deadline) -> Iterator[None]:
    """Cancel what the connection is doing when the deadline comes during the block.

    The statement then raises psycopg.errors.QueryCanceled, and the transaction rolls back.
    """
    over = threading.Event()

    def watch() -> None:
        while not over.wait(_LOOK_SECONDS):
            if not deadline.left():
                conn.cancel_safe(timeout=_CANCEL_SECONDS)
                return

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
