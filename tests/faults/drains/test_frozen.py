"""A worker stands still for longer than its lease, with all its processes, and wakes up."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import psutil
import psycopg
import pytest

from local.bucket import Bucket
from shared.jobs.sweep_orphans import SweepOrphans
from shared.queue.enqueue import enqueue
from tests.faults.drains.conftest import LEASE
from tests.faults.drains.yard import Sheet, Yard
from tests.faults.work import assert_no_orphans, csv
from tests.maintenance.place import DAY, Place
from tests.worker.listing import keys
from tests.worker.process import WorkerProcess, draining
from tests.worker.signs import wait_until

pytestmark = pytest.mark.faults

ROWS = 120_000


@pytest.fixture
def own_bucket(tmp_path: Path) -> Iterator[Bucket]:
    """A bucket whose folder is known, so that its objects can be made old."""
    with Bucket(data=tmp_path / "bucket") as started:
        yield started


@pytest.fixture
def yard(database_url, own_bucket, store_of, house, tmp_path) -> Iterator[Yard]:
    with ExitStack() as stack:
        found = Yard(database_url, own_bucket, store_of(own_bucket), house, tmp_path, stack)
        found.prepare(lease=LEASE)
        yield found


def test_what_it_writes_changes_nothing_and_is_swept_in_the_end(yard, tmp_path):
    stale, fresh = yard.worker(), yard.worker()
    sheet = yard.put_sheet(csv(ROWS))
    with draining(stale) as [drain]:
        wait_until(lambda: yard.rows_kept(sheet) > ROWS // 3)
        frozen = freeze(stale, yard)
        try:
            wait_until(lambda: fresh.drain()["completed"] == 1, seconds=60)
            yard.assert_each_done_once()
            known, objects = all_rows(yard), keys(yard.store, "")

            # Its job goes on first, so that it has something to write that nobody wants any more.
            frozen.wake_jobs()
            wait_until(lambda: keys(yard.store, "") > objects)
        finally:
            frozen.wake()

    counts = drain.result()
    assert (counts["lost"], counts["completed"], counts["released"]) == (1, 0, 0)
    assert all_rows(yard) == known
    assert keys(yard.store, "") > objects
    sweep_orphans(yard, fresh)
    assert keys(yard.store, "") == objects
    assert_no_orphans(sheet.record_id, yard.store, yard.manifest_key(sheet))


def test_one_that_wakes_up_beside_its_successor_does_not_disturb_it(yard):
    stale, fresh = yard.worker(), yard.worker()
    sheet = yard.put_sheet(csv(ROWS))
    with draining(stale) as [lost]:
        wait_until(lambda: yard.rows_kept(sheet) > 0)
        frozen = freeze(stale, yard)
        try:
            taken_at = wait_for_expiry(yard, sheet)
            with draining(fresh) as [done]:
                wait_until(lambda: yard.fence(sheet) not in {None, taken_at})
                frozen.wake()
        finally:
            frozen.wake()

    assert (lost.result()["lost"], lost.result()["completed"]) == (1, 0)
    assert (done.result()["lost"], done.result()["completed"]) == (0, 1)
    assert yard.attempts(sheet) == 2
    yard.assert_each_published_once()
    sweep_orphans(yard, fresh)
    assert_no_orphans(sheet.record_id, yard.store, yard.manifest_key(sheet))


def wait_for_expiry(yard: Yard, sheet: Sheet) -> int | None:
    """Return the fence of a lease once its time is over."""
    expired = "select from queue.lease where job_id = %s and expires_at < clock_timestamp()"
    wait_until(lambda: yard.query(expired, sheet.job_id) != [])
    return yard.fence(sheet)


class Frozen:
    """All processes of a worker, standing still."""

    def __init__(self, worker: WorkerProcess) -> None:
        master = psutil.Process(worker.child.pid)
        self._all = [master, *master.children(recursive=True)]
        (server,) = master.children()
        (fork_server,) = server.children()
        self._jobs = fork_server.children(recursive=True)
        assert self._jobs
        for process in self._all:
            process.send_signal(signal.SIGSTOP)

    def wake_jobs(self) -> None:
        for process in self._jobs:
            process.send_signal(signal.SIGCONT)

    def wake(self) -> None:
        """Do no harm the second time: then some may be gone."""
        for process in self._all:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.send_signal(signal.SIGCONT)


def freeze(worker: WorkerProcess, yard: Yard) -> Frozen:
    """Let it stand still, but not in a transaction: others would wait for the end of that."""
    while True:
        frozen = Frozen(worker)
        open_ones = "select from pg_stat_activity where datname = current_database()"
        if not yard.query(f"{open_ones} and pid <> pg_backend_pid() and xact_start is not null"):
            return frozen
        frozen.wake()


def all_rows(yard: Yard) -> list[tuple[object, ...]]:
    """Return records, jobs and the ledger, the versions of their rows included."""
    return [
        row
        for table in ("records.sheet", "queue.ended", "queue.job", "queue.lease", "public.ledger")
        for row in yard.query(f"select xmin::text, t::text from {table} t order by 2")
    ]


def sweep_orphans(yard: Yard, worker: WorkerProcess) -> None:
    """Let a day pass, and the sweep of that night."""
    with psycopg.connect(yard.url, autocommit=True) as conn:
        place = Place(conn, yard.store, yard.folder / "bucket" / yard.bucket.name)
        for key in yard.store.keys(""):
            place.grow_old(key, 2 * DAY)
        enqueue(conn, SweepOrphans(), tenant="maintenance")
    counts = worker.drain()
    assert counts["completed"] == counts["claimed"] > 0
