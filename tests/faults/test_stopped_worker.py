"""A worker stands still for longer than its lease, and another takes over."""

import os
import signal

import httpx
import pytest

from local.functions import FunctionProcess
from tests.faults.processes import server
from tests.faults.work import ROWS, assert_done_once, upload
from tests.worker.signs import wait_until

pytestmark = pytest.mark.faults


@pytest.fixture
def second_worker(system, tmp_path):
    env = {
        "DATABASE_URL": system.postgres.url("sluice"),
        "AUTH_MODE": "none",
        **system.bucket.env,
    }
    worker = FunctionProcess("worker", env=env, log=tmp_path / "second.log")
    worker.start()
    yield worker
    worker.stop()


def test_the_stale_one_changes_nothing(system, second_worker, store):
    work = upload(system)
    work.wait_for_rows(ROWS // 3)
    stale = server(system.functions["worker"].child)
    os.kill(stale.pid, signal.SIGSTOP)
    try:
        wait_until(lambda: drain(second_worker) and work.ended(), seconds=60)
        assert_done_once(work, store)
        done = everything_known(work)
    finally:
        os.kill(stale.pid, signal.SIGCONT)

    log = system.functions["worker"].child.log
    wait_until(lambda: f"Job {work.job_id}: the lease with fence" in log.read_text())
    assert everything_known(work) == done
    assert_done_once(work, store)


def drain(worker: FunctionProcess) -> bool:
    """Wake the worker; False while it has not started yet."""
    try:
        return httpx.post(worker.url, timeout=60).status_code == 200
    except httpx.TransportError:
        return False


def everything_known(work) -> list[tuple[object, ...]]:
    """Return the record and the ended job, row versions included."""
    return work.query(
        "select sheet.xmin, sheet, ended.xmin, ended from records.sheet"
        " join queue.ended on ended.subject = sheet.id::text where ended.id = %s"
    )
