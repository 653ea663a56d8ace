"""The bucket is there and does not do what it should, in the middle of a job."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from local.paths import ROOT
from tests.faults.bucket_proxy import BucketProxy, Refusing
from tests.faults.watch import Watch
from tests.faults.work import (
    ROWS,
    assert_all_else_is_an_orphan,
    assert_completed_once,
    assert_done_once,
    assert_no_orphans,
    upload,
)
from tests.worker.process import WorkerProcess, running
from tests.worker.signs import wait_until

pytestmark = pytest.mark.faults

BUDGET_SECONDS = 3.0
DELAY_SECONDS = 0.03
"""Of each 64 KiB: then the download alone takes half a drain."""
OVERRUN_SECONDS = 1.5
"""For the end of a drain, on a busy machine."""


@pytest.fixture(scope="module")
def proxy(system) -> Iterator[BucketProxy]:
    with Refusing() as refusing, BucketProxy(system.bucket, refusing) as proxy:
        yield proxy


@pytest.fixture(scope="module")
def worker(system, proxy, tmp_path_factory) -> Iterator[WorkerProcess]:
    """The only one; it sees the bucket through the proxy."""
    system.functions["worker"].stop()
    env = {
        "DATABASE_URL": system.postgres.url("sluice"),
        "WORKER_BUDGET_SECONDS": str(BUDGET_SECONDS),
        **proxy.env,
    }
    with running(WorkerProcess(ROOT, tmp_path_factory.mktemp("worker"), env)) as started:
        started.drain()
        yield started
    system.functions["worker"].start()


@contextmanager
def ticking(worker: WorkerProcess) -> Iterator[list[dict[str, object]]]:
    """Drain again and again during the block; give what the drains answer."""
    answers: list[dict[str, object]] = []
    over = threading.Event()

    def tick() -> None:
        while not over.wait(0.1):
            answers.append(worker.drain())

    thread = threading.Thread(target=tick)
    thread.start()
    try:
        yield answers
    finally:
        over.set()
        thread.join()


@pytest.mark.parametrize("moment", [0, ROWS // 3, ROWS + ROWS // 2])
def test_it_is_unavailable_for_longer_than_a_drain_lasts(system, worker, proxy, store, moment):
    work = upload(system)
    with Watch(work) as watch, ticking(worker) as answers:
        work.wait_for_rows(moment)
        before = len(answers)
        with proxy.unavailable() as bucket:
            wait_until(lambda: len(answers) > before + 1 and bucket.refused > 0)
        work.wait_until_ready()

    print(answers, work.attempts())
    assert watch.half_true == []
    assert_done_once(work, store)
    assert max(answer["elapsedSeconds"] for answer in answers) < BUDGET_SECONDS + OVERRUN_SECONDS


def test_it_is_slow(system, worker, proxy, store):
    work = upload(system)
    with Watch(work) as watch, ticking(worker) as answers, proxy.slow(DELAY_SECONDS):
        work.wait_until_ready()

    print(answers, work.attempts())
    assert watch.half_true == []
    assert_done_once(work, store)
    assert max(answer["elapsedSeconds"] for answer in answers) < BUDGET_SECONDS + OVERRUN_SECONDS


def test_it_breaks_off_now_and_then(system, worker, proxy, store):
    with proxy.cutting(0.1):
        work = upload(system)
        with Watch(work) as watch, ticking(worker) as answers:
            work.wait_until_ready()

    print(answers, work.attempts(), proxy.cut)
    assert proxy.cut > 0
    assert watch.half_true == []
    clean_data_key = assert_completed_once(work)
    # This job's last sweep may have been cut off as well; then it says so.
    if f"Objects of job {work.job_id} " in worker.child.log.read_text():
        assert_all_else_is_an_orphan(work, store, clean_data_key)
    else:
        assert_no_orphans(work.record_id, store, clean_data_key)
    assert max(answer["elapsedSeconds"] for answer in answers) < BUDGET_SECONDS + OVERRUN_SECONDS


def test_what_is_left_to_sweep_does_not_keep_a_drain(system, worker, proxy, store):
    work = upload(system)
    with proxy.cutting(1.0, what=b"prefix="), ticking(worker) as answers:
        work.wait_until_ready()
        wait_until(lambda: len(answers) > 2)
    print(answers, work.attempts(), proxy.cut)
    assert_all_else_is_an_orphan(work, store, assert_completed_once(work))
    assert max(answer["elapsedSeconds"] for answer in answers) < BUDGET_SECONDS + OVERRUN_SECONDS
