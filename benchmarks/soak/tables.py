"""How large the queue's tables are, and how much of that is for a live row."""

from __future__ import annotations

from dataclasses import dataclass

import psycopg
from psycopg import sql

_HISTORY = "queue.ended"

_TABLES = """
select c.oid::regclass::text, coalesce(pg_partition_root(c.oid)::regclass::text, '') = %s,
       pg_total_relation_size(c.oid)
  from pg_class c
 where c.relnamespace = 'queue'::regnamespace and c.relkind = 'r'
 order by 1
"""


@dataclass(frozen=True, slots=True)
class Size:
    """Bytes with all indexes, and rows that are alive."""

    bytes: int
    rows: int

    @property
    def per_row(self) -> float:
        """Return bytes per live row."""
        return self.bytes / max(1, self.rows)

    def cells(self) -> list[str]:
        """Return it as a table shows it."""
        return [f"{self.bytes / 2**20:,.1f}", f"{self.rows:,}", f"{self.per_row:,.0f}"]

    def __add__(self, other: Size) -> Size:
        """Return both together."""
        return Size(self.bytes + other.bytes, self.rows + other.rows)


@dataclass(frozen=True, slots=True)
class Sizes:
    """`hot` is what claims and heartbeats work on, `history` what is kept of jobs that ended."""

    hot: Size
    history: Size


def sizes(conn: psycopg.Connection) -> Sizes:
    """Measure all tables of the queue."""
    found = {True: Size(0, 0), False: Size(0, 0)}
    for name, in_history, size in conn.execute(_TABLES, [_HISTORY]).fetchall():
        count = sql.SQL("select count(*) from {}").format(sql.Identifier(*name.split(".")))
        (rows,) = conn.execute(count).fetchone() or (0,)
        found[in_history] += Size(size, rows)
    return Sizes(hot=found[False], history=found[True])
