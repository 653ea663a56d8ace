"""Whether a drain may ask for another one."""

from __future__ import annotations

from datetime import timedelta

from psycopg import Connection

from shared.queue.drains import DEAD_AFTER

GAP = timedelta(seconds=1)
"""Between one drain asking for another and the next, whichever they are."""

# Who waits here for another's row looks at it again afterwards, and is refused.
_MAY_CHAIN = """
insert into queue.chained (asked_at)
select clock_timestamp()
 where (select count(*) from queue.drain where seen_at > clock_timestamp() - %(dead_after)s)
       < %(most)s
on conflict (single) do update set asked_at = excluded.asked_at
 where chained.asked_at <= excluded.asked_at - %(gap)s
returning true
"""


def may_chain(conn: Connection, *, most: int) -> bool:
    """Take the right to ask for another drain; True when it was there.

    It is there once per GAP for all drains together, while fewer than `most` are live. A drain that
    is at its end leaves the register first, or it counts itself.
    """
    limits = {"most": most, "gap": GAP, "dead_after": DEAD_AFTER}
    return conn.execute(_MAY_CHAIN, limits).fetchone() is not None
