"""Churn while somebody's long transaction keeps every dead row from being cleaned away."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from benchmarks.queue.ours import WorkedOff, connected, load, work_off
from benchmarks.queue.server import Server
from benchmarks.report import Report

BATCH = 100
_STEP = 10_000


def measure(report: Report, server: Server, *, churn: int) -> None:
    """Fill in `held_snapshot_vs_free`; the two take turns, so that both meet the same host."""
    free: list[WorkedOff] = []
    held: list[WorkedOff] = []
    with (
        server.queue() as free_url,
        server.queue() as held_url,
        old_snapshot(held_url),
        connected(free_url) as free_conn,
        connected(held_url) as held_conn,
    ):
        for _ in range(churn // _STEP):
            free.append(_churn(free_url, free_conn))
            held.append(_churn(held_url, held_conn))
    report.figures["held_snapshot_vs_free"] = _rate(held) / _rate(free)
    report.table(
        f"{churn:,} jobs through the queue, {_STEP:,} at a time, batch {BATCH}; jobs/s",
        ["", "all", "first fifth", "last fifth"],
        [
            [name, f"{_rate(steps):,.0f}", *(f"{_rate(part):,.0f}" for part in _ends(steps))]
            for name, steps in (("free", free), ("old snapshot held", held))
        ],
    )


def _churn(url: str, conn: psycopg.Connection) -> WorkedOff:
    load(url, _STEP)
    return work_off(conn, batch=BATCH)


@contextmanager
def old_snapshot(url: str) -> Iterator[None]:
    """Keep one, idle in its transaction, for the length of the block."""
    with psycopg.connect(url) as conn:
        conn.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        conn.execute("select count(*) from queue.job")
        yield


def _rate(steps: list[WorkedOff]) -> float:
    return sum(step.jobs for step in steps) / sum(step.seconds for step in steps)


def _ends(steps: list[WorkedOff]) -> tuple[list[WorkedOff], list[WorkedOff]]:
    fifth = max(1, len(steps) // 5)
    return steps[:fifth], steps[-fifth:]
