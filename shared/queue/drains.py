"""The register of drains: how many workers are at work now, and what may have killed one."""

from __future__ import annotations

from datetime import timedelta

from psycopg import Connection

DEAD_AFTER = timedelta(seconds=15)
"""A drain that has not renewed its row for so long is not counted any more."""
REMEMBERED_FOR = timedelta(minutes=10)
"""For so long others do one by one what a dead drain did many at once."""

_ENTER = "insert into queue.drain (until) values (clock_timestamp() + %s) returning id"

_RENEW = "update queue.drain set seen_at = clock_timestamp() where id = %s"

_LEAVE = """
delete from queue.drain
 where id = %s or seen_at < clock_timestamp() - case when batching = '{}' then %s else %s end
"""

_LIVE = "select count(*) from queue.drain where seen_at > clock_timestamp() - %s"

_BATCHING = "update queue.drain set batching = array_append(batching, %s) where id = %s"

_PERILOUS = """
select exists (select from queue.drain
                where batching @> array[%s]
                  and seen_at between clock_timestamp() - %s and clock_timestamp() - %s)
"""


def enter(conn: Connection, budget: timedelta) -> int:
    """Register a drain that will last for `budget` at the most; return its id."""
    ((drain,),) = conn.execute(_ENTER, [budget]).fetchall()
    return int(drain)


def renew(conn: Connection, drain: int) -> None:
    """Say that the drain is still at work; due every few seconds."""
    conn.execute(_RENEW, [drain])


def leave(conn: Connection, drain: int) -> None:
    """Take the drain out of the register, and those that died long ago."""
    conn.execute(_LEAVE, [drain, DEAD_AFTER, REMEMBERED_FOR])


def live(conn: Connection) -> int:
    """Return how many drains are at work."""
    ((count,),) = conn.execute(_LIVE, [DEAD_AFTER]).fetchall()
    return int(count)


def batching(conn: Connection, drain: int, queue: str) -> None:
    """Note that the drain is about to do many jobs of this queue at once; commit it before."""
    conn.execute(_BATCHING, [queue, drain])


def perilous(conn: Connection, queue: str) -> bool:
    """Say whether a drain that did many jobs of this queue at once has lately died."""
    ((found,),) = conn.execute(_PERILOUS, [queue, REMEMBERED_FOR, DEAD_AFTER]).fetchall()
    return bool(found)
