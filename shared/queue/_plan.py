"""Keeps the planner from choices that cost as much as the queue is deep.

Where a statement looks up by key what it has found in another table, it says `key = any(array[x])`.
Of `key = x` the planner thinks that it might serve a merge, so it also weighs walking all of the
key's index; and statistics from a moment when the table was empty call that one page, however many
rows, living or dead, the index leads to by now.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

from psycopg import Connection
from psycopg.pq import TransactionStatus

_BY_INDEX = "select queue.by_index()"

_AS_USUAL = "select queue.as_usual()"


def own_transaction(conn: Connection) -> AbstractContextManager[object]:
    """Open a transaction where each statement would commit by itself; else use the caller's."""
    alone = conn.autocommit and conn.info.transaction_status == TransactionStatus.IDLE
    return conn.transaction() if alone else nullcontext()


@contextmanager
def by_index(conn: Connection) -> Iterator[None]:
    """Let the rest of the transaction go by index."""
    with own_transaction(conn):
        conn.execute(_BY_INDEX)
        yield


def as_usual(conn: Connection) -> None:
    """Let what follows in the transaction be planned as everybody's statements are."""
    conn.execute(_AS_USUAL)
