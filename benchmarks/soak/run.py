"""The long run itself: under an old snapshot, then without it, and what the tables became."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg

from benchmarks.drain.house import Worker, running_worker
from benchmarks.drain.parts import postgres_and_bucket
from benchmarks.queue.held_snapshot import old_snapshot
from benchmarks.report import Report
from benchmarks.soak import quarters
from benchmarks.soak.claims import Noted
from benchmarks.soak.handlers import tally
from benchmarks.soak.tables import Sizes, sizes
from benchmarks.soak.walk import IN_A_CHILD, Walk
from shared.jobs.keep_history import KeepHistory
from shared.queue.enqueue import enqueue
from shared.queue.enqueue_many import NewJob, enqueue_many

_HANDLERS = Path(__file__).with_name("handlers")
_STEPS = 20
_GIVE_UP_SECONDS = 15 * 60.0
_TOMORROWS = 1_000
"""Jobs that are not due, so that the hot tables are never without a live row."""


def measure(report: Report, *, jobs: int) -> None:
    """Fill in all figures; what has not come about after a quarter of an hour is left out."""
    with postgres_and_bucket(handlers=_HANDLERS) as (house, env, conn):
        noted = Noted(house)
        with running_worker(house, env) as worker:
            _prepare(conn)
            walk = Walk(worker, conn, noted)
            until = time.monotonic() + _GIVE_UP_SECONDS
            with old_snapshot(env["DATABASE_URL"]):
                steps = list(walk.steps(jobs, steps=_STEPS, until=until))
                found = [("snapshot held", sizes(conn))]
            _maintain(worker, conn)
            found.append(("released, maintained", sizes(conn)))
            list(walk.steps(jobs // 4, steps=_STEPS // 4, until=until))
            found.append(("and a quarter more", sizes(conn)))
            done = walk.check()
    report.say(
        f"{done:,} jobs, one in {IN_A_CHILD} in a child process, {jobs // _STEPS:,} a drain;"
        f" {sum(step.jobs for step in steps):,} of them while a snapshot is held"
    )
    quarters.tell(report, steps)
    _tell_sizes(report, found)


def _prepare(conn: psycopg.Connection) -> None:
    conn.execute("create table public.ledger (n bigint not null)")
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    with conn.transaction():
        later = NewJob(tally.Payload(n=-1), tenant="tomorrow", run_at=tomorrow)
        enqueue_many(conn, [later] * _TOMORROWS)


def _maintain(worker: Worker, conn: psycopg.Connection) -> None:
    """Do at once what autovacuum and the worker's hourly job would do in time."""
    enqueue(conn, KeepHistory(), tenant="soak")
    worker.drain()
    conn.execute("vacuum analyze")


def _tell_sizes(report: Report, found: list[tuple[str, Sizes]]) -> None:
    (_, held), _, (_, reused) = found
    report.figures |= {
        "history_bytes_per_row": held.history.per_row,
        "hot_held_mib": held.hot.bytes / 2**20,
        "hot_reused": reused.hot.bytes / held.hot.bytes,
    }
    report.table(
        "The queue's tables with their indexes",
        ["", "hot MiB", "rows", "bytes a row", "history MiB", "rows", "bytes a row"],
        [[when, *size.hot.cells(), *size.history.cells()] for when, size in found],
    )
