"""The worker is killed in the middle of a job. Short enough to run with all other tests."""

import psutil

from tests.faults.processes import job_processes, kill, server
from tests.faults.watch import Watch
from tests.faults.work import ROWS, assert_done_once, upload


def test_a_job_whose_worker_was_killed_is_finished_by_the_next_one(system, store):
    worker = system.functions["worker"]
    work = upload(system)
    with Watch(work) as watch:
        work.wait_for_rows(ROWS // 3)
        master, draining = psutil.Process(worker.child.pid), server(worker.child)
        orphans = [*draining.children(recursive=True), *job_processes(worker.child)]
        assert orphans
        kill(master, draining)

        # They notice by themselves that nobody is left to work for.
        _, alive = psutil.wait_procs(orphans, timeout=10)
        assert alive == []
        worker.stop()
        worker.start()
        work.wait_until_ready()

    assert watch.half_true == []
    assert watch.seen == {"nothing", "everything"}
    assert_done_once(work, store)
    assert work.attempts() == 2
