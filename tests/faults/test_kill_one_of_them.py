"""Of the worker's two processes one is killed in the middle of a job, and the other lives."""

from __future__ import annotations

import psutil
import pytest

from tests.faults.processes import job_processes, kill, server
from tests.faults.watch import Watch
from tests.faults.work import ROWS, assert_done_once, upload
from tests.worker.narrow import are_gone
from tests.worker.signs import wait_until

pytestmark = pytest.mark.faults

MANY_ROWS = 6 * ROWS
"""More than can be parsed in the second or two that it takes to notice."""


def test_a_server_that_was_killed_is_replaced_and_the_job_taken_over(system, store):
    worker = system.functions["worker"].child
    work = upload(system)
    with Watch(work) as watch:
        work.wait_for_rows(ROWS // 3)
        killed = server(worker)
        orphans = [*killed.children(recursive=True), *job_processes(worker)]
        assert orphans
        kill(killed)

        _, alive = psutil.wait_procs(orphans, timeout=10)
        assert alive == []
        work.wait_until_ready()

    assert server(worker).pid != killed.pid
    assert watch.half_true == []
    assert_done_once(work, store)
    assert work.attempts() == 2


def test_a_server_whose_master_was_killed_hands_its_job_over_and_ends(system, store):
    worker = system.functions["worker"]
    work = upload(system, rows=MANY_ROWS)
    with Watch(work) as watch:
        work.wait_for_rows(1)
        orphans = [server(worker.child), *server(worker.child).children(recursive=True)]
        kill(psutil.Process(worker.child.pid))

        # Not after a lease's time, but at once; and nothing that was checkpointed is charged.
        wait_until(lambda: are_gone([orphan.pid for orphan in orphans]))
        print(worker.child.log.read_text())
        assert work.query("select fence, attempts from queue.job where id = %s") == [(None, 0)]
        worker.stop()
        worker.start()
        work.wait_until_ready()

    assert watch.half_true == []
    assert_done_once(work, store)
    assert work.attempts() == 1


@pytest.mark.parametrize("moment", [0, ROWS + ROWS // 2])
def test_a_job_whose_process_is_killed_beside_its_server_goes_on(system, store, moment):
    worker = system.functions["worker"].child
    work = upload(system)
    with Watch(work) as watch:
        work.wait_for_rows(moment)
        wait_until(lambda: job_processes(worker) != [])
        killed = server(worker)
        kill(*job_processes(worker))
        work.wait_until_ready()

    assert server(worker).pid == killed.pid
    assert watch.half_true == []
    assert_done_once(work, store)
