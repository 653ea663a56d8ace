"""The plans and buffers of statements as the code sends them, seen from the server's side."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import psycopg

SETTINGS = {
    "autovacuum": "off",  # so that there are no statistics
    "shared_preload_libraries": "auto_explain,pg_stat_statements",
    "fsync": "off",
}

_EXPLAIN = {
    "auto_explain.log_min_duration": "0",
    "auto_explain.log_analyze": "on",
    "auto_explain.log_timing": "off",
    "auto_explain.log_buffers": "on",
    "auto_explain.log_format": "json",
    "client_min_messages": "log",
}

_BUFFERS = """
select coalesce(sum(shared_blks_hit + shared_blks_read), 0)::bigint from pg_stat_statements
 where dbid = (select oid from pg_database where datname = current_database())
   and query !~* 'pg_stat|create extension'
"""


@dataclass
class Observed:
    """What some calls of ours made the server do."""

    plans: list[dict[str, Any]] = field(default_factory=list)
    buffers: int = 0
    """All that were touched, those of inserts, deletes and their indexes too."""

    def nodes(self) -> Iterator[dict[str, Any]]:
        """Yield every node of every plan."""
        pending = list(self.plans)
        while pending:
            node = pending.pop()
            yield node
            pending.extend(node.get("Plans", []))

    def sorted_rows(self) -> int:
        """Return how many rows the largest sort took in."""
        sorts = [node for node in self.nodes() if node["Node Type"] in ("Sort", "Incremental Sort")]
        return max((_rows(child) for sort in sorts for child in sort["Plans"]), default=0)

    def scanned_tables(self) -> set[str]:
        """Return the tables that were read from one end to the other, if only by an index."""
        return {
            node["Relation Name"]
            for node in self.nodes()
            if (node["Node Type"] in ("Seq Scan", "Bitmap Heap Scan") or _is_unbounded(node))
            and _rows_read(node) > 0
        }

    def buffers_read(self) -> int:
        """Return how many buffers it took to find the rows of tables."""
        return sum(
            node["Shared Hit Blocks"] + node["Shared Read Blocks"]
            for node in self.nodes()
            if node["Node Type"].endswith("Scan") and "Relation Name" in node
        )


def observe(url: str, call: Callable[[psycopg.Connection], object]) -> Observed:
    """Run `call` on a fresh connection and return what the server did for it."""
    observed = Observed()

    def note(diagnostic: psycopg.errors.Diagnostic) -> None:
        _, found, plan = (diagnostic.message_primary or "").partition("plan:\n")
        if found:
            observed.plans.append(json.loads(plan)["Plan"])

    with psycopg.connect(url, autocommit=True) as watcher:
        watcher.execute("create extension if not exists pg_stat_statements")
        with psycopg.connect(url, autocommit=True) as conn:
            conn.add_notice_handler(note)
            for name, value in _EXPLAIN.items():
                conn.execute("select set_config(%s, %s, false)", [name, value])
            observed.plans.clear()
            watcher.execute("select from pg_stat_statements_reset()")
            call(conn)
        row = watcher.execute(_BUFFERS).fetchone()
        observed.buffers = row[0] if row else 0
    return observed


def _rows(node: dict[str, Any]) -> int:
    return int(node["Actual Rows"] * node["Actual Loops"])


def _is_unbounded(node: dict[str, Any]) -> bool:
    return node["Node Type"] in ("Index Scan", "Index Only Scan") and "Index Cond" not in node


def _rows_read(node: dict[str, Any]) -> int:
    return _rows(node) + int(node.get("Rows Removed by Filter", 0) * node["Actual Loops"])
