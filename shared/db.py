"""Connections to Postgres, one pool per process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Any

from psycopg import Connection, OperationalError
from psycopg.errors import error_from_result
from psycopg.pq import Escaping, ExecStatus
from psycopg.types.json import set_json_loads
from psycopg_pool import ConnectionPool
from pydantic_core import from_json

_MAX_CONNECTIONS = 8
_WAIT_SECONDS = 5.0
# A network that has gone says nothing: without these, a request would wait for it for hours.
_NOTICE_SILENCE = {
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 25_000,  # milliseconds
}

_owner: ContextVar[str] = ContextVar("owner", default="")


def act_for(owner: str) -> None:
    """Let the transactions that follow in this thread see the records of one owner; "": of none.

    Row level security goes by it for the roles of upload and status. It ends with each transaction,
    so that a connection, or a pooler's, carries it to nobody else.
    """
    _owner.set(owner)


@contextmanager
def transaction(database_url: str, *, snapshot: bool = False) -> Iterator[Connection]:
    """Lend a connection: commits when the block ends well, rolls back when it raises.

    With `snapshot` all that the block reads is of one moment; what it writes fails where another
    has written since, with an OperationalError.
    Raises psycopg.OperationalError (or its child PoolTimeout) when Postgres does not answer.
    """
    # A connection that the server has closed fails at its first statement, and is replaced.
    for _ in range(_MAX_CONNECTIONS + 1):
        with _pool(database_url).connection() as conn:
            if _begin(conn, snapshot=snapshot):
                yield conn
                return
    raise OperationalError("Every connection is broken.")


def _begin(conn: Connection, *, snapshot: bool) -> bool:
    """Begin a transaction for the owner, in one go; False when the connection is broken."""
    command = b"begin isolation level repeatable read" if snapshot else b"begin"
    if owner := _owner.get():
        command += b"; set local sluice.owner = " + Escaping(conn.pgconn).escape_literal(
            owner.encode()
        )
    result = conn.pgconn.exec_(command)
    if result.status == ExecStatus.COMMAND_OK:
        return True
    if conn.closed:
        return False
    raise error_from_result(result)


@lru_cache(maxsize=1)
def _pool(database_url: str) -> ConnectionPool[Connection[tuple[Any, ...]]]:
    # Made at the first use, never at import: a pool must not cross the server's fork.
    return ConnectionPool(
        database_url,
        kwargs=_NOTICE_SILENCE,
        min_size=0,
        max_size=_MAX_CONNECTIONS,
        timeout=_WAIT_SECONDS,
        # Afterwards the next request tries anew. Otherwise the attempts would be further and
        # further apart, and for minutes nobody would notice that Postgres is back.
        reconnect_timeout=_WAIT_SECONDS,
        configure=_configure,
        open=True,
    )


def _configure(conn: Connection) -> None:
    set_json_loads(from_json, conn)
    _prepare_unless_pooled(conn)


def _prepare_unless_pooled(conn: Connection) -> None:
    """Leave prepared statements off behind a pooler: the next transaction may have another server.

    A pooler betrays itself by announcing another backend than the one that answers.
    """
    answer = conn.execute("select pg_backend_pid()").fetchone()
    conn.rollback()
    if answer is None or answer[0] != conn.info.backend_pid:
        conn.prepare_threshold = None
