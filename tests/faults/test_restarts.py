"""What the worker depends on dies in the middle of a job and comes back."""

import signal

import psutil
import pytest

from tests.faults.processes import kill
from tests.faults.watch import Watch
from tests.faults.work import ROWS, assert_done_once, upload
from tests.worker.signs import wait_until

pytestmark = pytest.mark.faults


@pytest.mark.parametrize("moment", [ROWS // 6, ROWS, ROWS + ROWS // 2])
def test_the_database_comes_back_after_a_crash(system, store, moment):
    work = upload(system)
    work.wait_for_rows(moment)
    server = psutil.Process(system.postgres.child.pid)
    server.send_signal(signal.SIGQUIT)  # ends at once, and replays its log at the next start
    wait_until(lambda: server.status() == psutil.STATUS_ZOMBIE)  # ours, and not yet waited for
    system.postgres.stop()
    system.postgres.start()

    work.wait_until_ready()
    assert_done_once(work, store)


@pytest.mark.parametrize("moment", [ROWS // 6, ROWS, ROWS + ROWS // 2])
def test_the_bucket_comes_back_after_a_crash(system, store, moment):
    work = upload(system)
    with Watch(work) as watch:
        work.wait_for_rows(moment)
        kill(psutil.Process(system.bucket.child.pid))
        system.bucket.stop()
        system.bucket.start()
        work.wait_until_ready()

    assert watch.half_true == []
    assert_done_once(work, store)
