"""Connections to Postgres, one pool per process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from psycopg import Connection
from psycopg_pool import ConnectionPool

_MAX_CONNECTIONS = 8
_WAIT_SECONDS = 5.0


@contextmanager
def transaction(database_url: str) -> Iterator[Connection]:
    """Lend a connection: commits when the block ends well, rolls back when it raises.

    Raises psycopg.OperationalError (or its child PoolTimeout) when Postgres does not answer.
    """
    with _pool(database_url).connection() as conn:
        yield conn


@lru_cache(maxsize=1)
def _pool(database_url: str) -> ConnectionPool[Connection[tuple[Any, ...]]]:
    # Made at the first use, never at import: a pool must not cross the server's fork.
    return ConnectionPool(
        database_url,
        min_size=0,
        max_size=_MAX_CONNECTIONS,
        timeout=_WAIT_SECONDS,
        # A connection that the server has closed is replaced, instead of failing a request.
        check=ConnectionPool.check_connection,
        configure=_prepare_unless_pooled,
        open=True,
    )


def _prepare_unless_pooled(conn: Connection) -> None:
    """Leave prepared statements off behind a pooler: the next transaction may have another server.

    A pooler betrays itself by announcing another backend than the one that answers.
    """
    answer = conn.execute("select pg_backend_pid()").fetchone()
    conn.rollback()
    if answer is None or answer[0] != conn.info.backend_pid:
        conn.prepare_threshold = None
