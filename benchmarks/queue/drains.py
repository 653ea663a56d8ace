"""One, four and eight processes on one queue; a ledger without a unique key counts the doubles."""

from __future__ import annotations

import multiprocessing
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing.synchronize import Barrier
from statistics import median

import psycopg

from benchmarks.queue.ours import connected, load, work_off
from benchmarks.queue.server import Server
from benchmarks.report import Report
from shared.queue.claim import ClaimedJob

BATCH = 50
_START_SECONDS = 60

_barrier: Barrier | None = None


def measure(report: Report, server: Server, *, jobs: int, runs: int) -> None:
    """Fill in `drains_4_vs_1` and `drains_8_vs_4`. Raises when a job was done twice or never."""
    rates = {n: median(_rate(server, n, jobs) for _ in range(runs)) for n in (1, 4, 8)}
    report.figures |= {
        "drains_4_vs_1": rates[4] / rates[1],
        "drains_8_vs_4": rates[8] / rates[4],
    }
    report.table(
        f"{jobs:,} jobs, batch {BATCH}, each written to a ledger; median of {runs}",
        ["processes", "jobs/s"],
        [[str(n), f"{rate:,.0f}"] for n, rate in rates.items()],
    )


def _rate(server: Server, processes: int, jobs: int) -> float:
    with server.queue() as url:
        with connected(url) as conn:
            conn.execute("create table public.ledger (job_id bigint not null)")
        load(url, jobs)
        server.checkpoint()
        context = multiprocessing.get_context("spawn")
        barrier = context.Barrier(processes)
        with ProcessPoolExecutor(processes, context, _remember, (barrier,)) as pool:
            spans = list(pool.map(_drain, [url] * processes))
        _check(url, jobs)
    return jobs / (max(end for _, end in spans) - min(start for start, _ in spans))


def _remember(barrier: Barrier) -> None:
    global _barrier  # noqa: PLW0603 - a barrier can only be handed to a process at its start
    _barrier = barrier


def _drain(url: str) -> tuple[float, float]:
    """Return when it began and ended, by the machine's monotonic clock."""
    assert _barrier is not None  # noqa: S101 - _remember ran first
    with connected(url) as conn:
        conn.execute("select")
        _barrier.wait(_START_SECONDS)
        start = time.monotonic()
        work_off(conn, batch=BATCH, effect=_write_down)
        return start, time.monotonic()


def _write_down(conn: psycopg.Connection, jobs: list[ClaimedJob]) -> None:
    conn.execute("insert into public.ledger select unnest(%s::bigint[])", [[j.id for j in jobs]])


def _check(url: str, jobs: int) -> None:
    with connected(url) as conn:
        row = conn.execute(
            "select count(*), count(distinct job_id), (select count(*) from queue.job)"
            "  from public.ledger"
        ).fetchone()
    if row != (jobs, jobs, 0):
        raise RuntimeError(f"Of {jobs} jobs (written down, different, left): {row}")
