"""How soon work starts after an upload, in the whole local system with its nudges."""

from __future__ import annotations

import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

import httpx
import psycopg

from benchmarks.report import Report
from local.paths import ROOT
from local.system import DATABASE, running_system

_UPLOADS = 200
_WARM_UP_UPLOADS = 3
_CSV = b"name,age\nAnn,31\nBob,27\n"
_WORKBOOK = ROOT / "samples" / "penguins.xlsx"
_LONGEST_PAUSE = 0.1
"""Seconds from a job's end to the next upload. They are spread evenly below this, so that some meet
the last drain at its end."""
_PAUSES = 20
_PATIENCE_SECONDS = 60.0
_LOOK_EVERY_SECONDS = 0.005

# From before the commit, so the upload's commit and its nudge are in it.
_STARTED = """
select extract(epoch from started_at - created_at)::float8 * 1000
  from queue.ended where id = %s and outcome = 'completed'
"""


@dataclass(frozen=True, slots=True)
class _Start:
    """One upload's times, in ms."""

    until_answer: float
    until_start: float


def measure(report: Report, *, uploads: int = _UPLOADS) -> None:
    """Fill in `start_latency_p50_ms` and `start_latency_p95_ms`, enqueue to start of the work.

    Raises when a job has not ended well within a minute.
    """
    files = {"a small CSV": ("a.csv", _CSV), "a workbook": ("a.xlsx", _WORKBOOK.read_bytes())}
    with (
        tempfile.TemporaryDirectory(prefix="sluice-bench-") as folder,
        running_system(data=Path(folder), port=0) as system,
        httpx.Client(base_url=system.url, timeout=_PATIENCE_SECONDS) as client,
        psycopg.connect(system.postgres.url(DATABASE), autocommit=True) as conn,
    ):
        _measured(client, conn, files["a small CSV"], _WARM_UP_UPLOADS)
        found = {
            what: _measured(client, conn, file, uploads // len(files))
            for what, file in files.items()
        }
    starts = [start.until_start for times in found.values() for start in times]
    report.figures |= {
        "start_latency_p50_ms": median(starts),
        "start_latency_p95_ms": _p95(starts),
    }
    report.table(
        f"{uploads} uploads through the local system, each after the one before has ended",
        ["", "upload p50 ms", "start p50 ms", "start p95 ms", "start max ms"],
        [_row(what, times) for what, times in found.items()],
    )


def _measured(
    client: httpx.Client, conn: psycopg.Connection, file: tuple[str, bytes], uploads: int
) -> list[_Start]:
    found = []
    for number in range(uploads):
        found.append(_start(client, conn, file))
        time.sleep(_LONGEST_PAUSE * (number % _PAUSES) / _PAUSES)
    return found


def _start(client: httpx.Client, conn: psycopg.Connection, file: tuple[str, bytes]) -> _Start:
    began = time.perf_counter()
    answer = client.post("/api/v1/sheets/tasks", files={"file": file})
    until_answer = (time.perf_counter() - began) * 1000
    job_id = answer.raise_for_status().json()["data"]["jobId"]
    return _Start(until_answer, _until_start(conn, job_id))


def _until_start(conn: psycopg.Connection, job_id: int) -> float:
    until = time.monotonic() + _PATIENCE_SECONDS
    while (row := conn.execute(_STARTED, [job_id]).fetchone()) is None:
        if time.monotonic() > until:
            raise RuntimeError(f"Job {job_id} has not ended well in {_PATIENCE_SECONDS:g} s.")
        time.sleep(_LOOK_EVERY_SECONDS)
    return float(row[0])


def _row(what: str, times: list[_Start]) -> list[str]:
    starts = [start.until_start for start in times]
    figures = [median(start.until_answer for start in times), median(starts), _p95(starts)]
    return [what, *(f"{figure:.1f}" for figure in [*figures, max(starts)])]


def _p95(values: list[float]) -> float:
    return quantiles(values, n=20)[-1]
