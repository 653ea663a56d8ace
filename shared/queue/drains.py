"""The register of drains: how many workers are at work now."""

from __future__ import annotations

from datetime import timedelta

from psycopg import Connection

DEAD_AFTER = timedelta(seconds=15)
"""A drain that has not renewed its row for so long is not counted any more."""

_ENTER = """
insert into queue.drain (until) values (clock_timestamp() + %s) returning id
"""

_RENEW = "update queue.drain set seen_at = clock_timestamp() where id = %s"

_LEAVE = "delete from queue.drain where id = %s"

_LIVE = "select count(*) from queue.drain where seen_at > clock_timestamp() - %s"


def enter(conn: Connection, budget: timedelta) -> int:
    """Register a drain that will last for `budget` at the most; return its id."""
    row = conn.execute(_ENTER, [budget]).fetchone()
    if row is None:
        raise AssertionError("insert … returning gave no row")
    return int(row[0])


def renew(conn: Connection, drain: int) -> None:
    """Say that the drain is still at work; due every few seconds."""
    conn.execute(_RENEW, [drain])


def leave(conn: Connection, drain: int) -> None:
    """Take the drain out of the register."""
    conn.execute(_LEAVE, [drain])


def live(conn: Connection) -> int:
    """Return how many drains are at work."""
    row = conn.execute(_LIVE, [DEAD_AFTER]).fetchone()
    return int(row[0]) if row else 0
