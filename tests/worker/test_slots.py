"""Several slots in one worker: jobs run side by side, and none twice."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator

import httpx
import pytest

from local.bucket import Bucket
from tests.worker.conftest import BUDGET_SECONDS
from tests.worker.jobs import known, ledger, put_sheep
from tests.worker.process import WorkerProcess, draining, running
from tests.worker.signs import Signs, wait_until


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


def test_a_big_job_is_alone_in_its_instance(broad_worker, conn, tmp_path):
    small, big, late = (Signs(tmp_path / name) for name in ("small", "big", "late"))
    put_sheep(conn, small, name="small", gate=1)
    put_sheep(conn, big, name="big", gate=1, cost=100)
    with draining(broad_worker) as (drain,):
        wait_until((small.folder / "reached").exists)
        wait_until(lambda: conn.execute("select count(*) from queue.lease").fetchone() == (2,))
        assert not (big.folder / "counted").exists()
        put_sheep(conn, late, name="late")
        small.open_the_gate()
        wait_until((big.folder / "reached").exists)
        assert not (late.folder / "counted").exists()
        big.open_the_gate()
        counts = drain.result()

    assert counts["completed"] == 3
    assert [name for name, _ in ledger(conn)] == ["small", "big", "late"]


def test_a_worker_that_lingers_takes_what_comes(
    house, database, bucket, conn, signs, tmp_path_factory
):
    env = {"DATABASE_URL": database, "WORKER_BUDGET_SECONDS": "60", "WORKER_LINGER": "true"}
    lingering = WorkerProcess(house, tmp_path_factory.mktemp("lingering"), env | bucket.env)
    with running(lingering) as worker, draining(worker) as (drain,):
        for _ in range(2):
            job_id = put_sheep(conn, signs)
            wait_until(lambda job_id=job_id: known(conn, job_id).state == "completed")
        assert not drain.done()
        assert httpx.post(worker.url).json()["data"]["stoppedBecause"] == "alreadyDraining"
        os.kill(worker.child.pid, signal.SIGTERM)
        assert drain.result()["completed"] == 2
