"""Keeps the planner from choices that cost as much as the queue is deep."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

from psycopg import Connection
from psycopg.pq import TransactionStatus

# Without statistics, as on a fresh connection after a bulk load, it would sort all waiting rows or
# read a whole table. PostgreSQL before 18 gives what is off a price, at which it would compile the
# statement anew each time. The settings end with the transaction.
_BY_INDEX = """
select set_config('enable_sort', 'off', true), set_config('enable_seqscan', 'off', true),
       set_config('jit', 'off', true),
       set_config('plan_cache_mode', 'force_generic_plan', true)
"""


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
