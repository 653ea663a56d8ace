"""The bare loop of claim and complete, by batch size."""

from __future__ import annotations

from statistics import median

from benchmarks.queue.ours import connected, load, work_off
from benchmarks.queue.server import Server
from benchmarks.report import Report

_BATCHES = (1, 10, 100, 500)
_LEAST = 2_000
"""Jobs at batch 1, where each job costs two commits."""


def measure(report: Report, server: Server, *, jobs: int, runs: int) -> None:
    """Fill in `bare_loop`, jobs per second by batch size."""
    rates = {
        batch: median(_rate(server, batch, jobs if batch > 1 else _LEAST) for _ in range(runs))
        for batch in _BATCHES
    }
    report.figures["bare_loop"] = {str(batch): rate for batch, rate in rates.items()}
    report.table(
        f"Claim and complete without handlers; median of {runs}",
        ["batch", "jobs/s"],
        [[str(batch), f"{rate:,.0f}"] for batch, rate in rates.items()],
    )


def _rate(server: Server, batch: int, jobs: int) -> float:
    with server.queue() as url:
        load(url, jobs)
        server.checkpoint()
        with connected(url) as conn:
            return work_off(conn, batch=batch).rate
