"""Sluice: COPY, and the worker's own drain with a handler of the SQL kind."""

from __future__ import annotations

import os
import sys
import threading
import time
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from psycopg import Connection

from benchmarks.queue.arrived import ARRIVED
from benchmarks.queue.ours import connected, jobs_of
from benchmarks.queue.peers.protocol import PICKUP_PAUSE_SECONDS, POLL_SECONDS, Measured, task
from functions.worker import handlers
from functions.worker.drains.drain import drain
from functions.worker.settings import WorkerSettings
from shared.queue.enqueue import enqueue
from shared.queue.enqueue_many import enqueue_many

_HANDLERS = Path(__file__).parents[1] / "handlers"


def main() -> None:
    """Run the task."""
    told = task()
    os.environ |= {"DATABASE_URL": told.url, "STORAGE_BUCKET": "benchmark", "WORKER_SLOTS": "3"}
    settings = WorkerSettings()
    handlers.__path__ = [str(_HANDLERS)]
    drain(settings)  # an instance that is up, as the peers' processes are
    measured = Measured(
        name="Sluice",
        version=_version(),
        how="COPY, drain of SQL jobs, 3 slots, batch 1000",
        enqueue_seconds=_enqueue(told.url, told.jobs),
        drain_seconds=_drain(settings, told.jobs),
        pickup_ms=_pick_up(settings, told.pickups),
    )
    sys.stdout.write(measured.model_dump_json() + "\n")
    sys.stdout.flush()
    os._exit(0)  # the last drain may be waiting for more


def _enqueue(url: str, many: int) -> float:
    jobs = jobs_of("tenant", many)
    with connected(url) as conn:
        began = time.perf_counter()
        with conn.transaction():
            enqueue_many(conn, jobs)
        return time.perf_counter() - began


def _drain(settings: WorkerSettings, many: int) -> float:
    began = time.perf_counter()
    drained = drain(settings)
    with connected(settings.database) as conn:
        while _some_left(conn):
            time.sleep(POLL_SECONDS)
    seconds = time.perf_counter() - began
    if (drained.completed, ARRIVED.count) != (many, many):
        raise RuntimeError(f"{drained}, {ARRIVED.count} handlers ran for {many} jobs")
    return seconds


def _some_left(conn: Connection) -> bool:
    row = conn.execute("select exists (select from queue.job)").fetchone()
    return row is not None and bool(row[0])


def _pick_up(settings: WorkerSettings, many: int) -> list[float]:
    """Drain again and again, as nudges have a warm instance do, and send one job at a time."""
    threading.Thread(target=_keep_draining, args=[settings], daemon=True).start()
    found = []
    with connected(settings.database) as conn:
        for job in jobs_of("tenant", many):
            ARRIVED.latest.clear()
            sent = time.perf_counter()
            enqueue(conn, job.payload, tenant=job.tenant)
            ARRIVED.latest.wait()
            found.append((ARRIVED.latest_at - sent) * 1000)
            time.sleep(PICKUP_PAUSE_SECONDS)
    return found


def _keep_draining(settings: WorkerSettings) -> None:
    while True:
        drain(settings)


def _version() -> str:
    try:
        return version("sluice")
    except PackageNotFoundError:
        return "of this tree"


if __name__ == "__main__":
    main()
