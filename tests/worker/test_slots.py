"""Several slots in one worker: jobs run side by side, and none twice."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from local.bucket import Bucket
from tests.worker.conftest import BUDGET_SECONDS
from tests.worker.jobs import known, ledger, put_sheep
from tests.worker.process import WorkerProcess, running
from tests.worker.signs import wait_until


@pytest.fixture
def broad_worker(
    house, database, bucket: Bucket, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[WorkerProcess]:
    env = {
        "DATABASE_URL": database,
        "WORKER_BUDGET_SECONDS": str(BUDGET_SECONDS),
        "WORKER_SLOTS": "3",
        **bucket.env,
    }
    with running(WorkerProcess(house, tmp_path_factory.mktemp("broad"), env)) as worker:
        yield worker


def test_jobs_run_side_by_side(broad_worker, conn, signs):
    jobs = [put_sheep(conn, signs, name=f"flock {n}", gate=1) for n in range(3)]
    counts: list[dict[str, object]] = []
    drain = threading.Thread(target=lambda: counts.append(broad_worker.drain()))
    drain.start()
    try:
        wait_until(lambda: {known(conn, job).state for job in jobs} == {"running"})
    finally:
        signs.open_the_gate()
        drain.join()

    assert (counts[0]["claimed"], counts[0]["completed"]) == (3, 3)
    assert sorted(name for name, _ in ledger(conn)) == ["flock 0", "flock 1", "flock 2"]


def test_no_job_is_done_twice(broad_worker, conn, signs):
    for n in range(60):
        put_sheep(conn, signs, name=f"flock {n}")

    counts = broad_worker.drain()

    assert (counts["claimed"], counts["completed"], counts["remaining"]) == (60, 60, 0)
    assert len(ledger(conn)) == len(set(ledger(conn))) == 60
