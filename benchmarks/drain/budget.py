"""How much of its budget a drain uses when there is work enough, and how far it ever overruns."""

from __future__ import annotations

from pathlib import Path
from statistics import mean

import psycopg

from benchmarks.drain.handlers.busy import Payload
from benchmarks.drain.house import Worker, running_worker
from benchmarks.drain.parts import postgres_and_bucket
from benchmarks.report import Report
from shared.queue.enqueue_many import NewJob, enqueue_many

_SHARE_BUDGET = 20.0
_SHORT_BUDGET = 2.0
_FOREVER = 3600.0
_JOB_SECONDS = 1.0

_EMPTY = "truncate queue.job, queue.lease, queue.checkpoint, queue.ended"
_WORKED = "select extract(epoch from sum(worked))::float8 from queue.known_job where queue = 'busy'"


def measure(report: Report, *, drains: int, full_drains: int) -> None:
    """Fill in `budget_used_share`, `overrun_max_s` of so many drains each."""
    with postgres_and_bucket() as (house, env, conn):
        _fill_in_share(report, house, env, conn, full_drains)
        _fill_in_overrun(report, house, env, conn, drains)


def _fill_in_share(
    report: Report, house: Path, env: dict[str, str], conn: psycopg.Connection, drains: int
) -> None:
    shares = []
    with running_worker(house, env | {"WORKER_BUDGET_SECONDS": str(_SHARE_BUDGET)}) as worker:
        _warm(worker, conn)
        for _ in range(drains):
            _put(conn, Payload(seconds=_JOB_SECONDS), round(2 * _SHARE_BUDGET / _JOB_SECONDS))
            worker.drain()
            shares.append(_worked(conn) / _SHARE_BUDGET)
            conn.execute(_EMPTY)
    report.figures["budget_used_share"] = mean(shares)
    report.table(
        f"A full queue, a budget of {_SHARE_BUDGET:g} s, jobs of {_JOB_SECONDS:g} s",
        ["drain", "share of the budget under a lease"],
        [[str(n), f"{share:.3f}"] for n, share in enumerate(shares, start=1)],
    )


def _fill_in_overrun(
    report: Report, house: Path, env: dict[str, str], conn: psycopg.Connection, drains: int
) -> None:
    rows = []
    with running_worker(house, env | {"WORKER_BUDGET_SECONDS": str(_SHORT_BUDGET)}) as worker:
        _warm(worker, conn)
        for what, deaf in (("stops at its next checkpoint", False), ("never looks", True)):
            overruns = [_overrun(worker, conn, deaf=deaf) for _ in range(drains // 2)]
            rows.append([what, f"{mean(overruns):.3f}", f"{max(overruns):.3f}"])
    report.figures["overrun_max_s"] = max(float(row[2]) for row in rows)
    report.table(
        f"{drains} drains with a budget of {_SHORT_BUDGET:g} s and a job without end",
        ["the job", "overrun mean s", "max s"],
        rows,
    )


def _overrun(worker: Worker, conn: psycopg.Connection, *, deaf: bool) -> float:
    _put(conn, Payload(seconds=_FOREVER, deaf=deaf), 1)
    seconds = float(worker.drain()["elapsedSeconds"])
    conn.execute(_EMPTY)
    return seconds - _SHORT_BUDGET


def _put(conn: psycopg.Connection, payload: Payload, many: int) -> None:
    with conn.transaction():
        enqueue_many(conn, [NewJob(payload, tenant="tenant") for _ in range(many)])


def _warm(worker: Worker, conn: psycopg.Connection) -> None:
    """Let the fork server import what its children need."""
    _put(conn, Payload(seconds=0), 1)
    while worker.drain()["remaining"]:
        pass
    conn.execute(_EMPTY)


def _worked(conn: psycopg.Connection) -> float:
    row = conn.execute(_WORKED).fetchone()
    return float(row[0]) if row else 0.0
