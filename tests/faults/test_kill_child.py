"""A job's process is killed again and again."""

import random

import psutil
import pytest

from local.child import Child
from tests.faults.processes import job_processes, kill
from tests.faults.watch import Watch
from tests.faults.work import ROWS, Work, assert_done_once, upload
from tests.worker.signs import wait_until

pytestmark = pytest.mark.faults

FILES = 2
MANY_ROWS = 6 * ROWS
"""More than can be parsed before the first of the kills."""
KILLS_PER_FILE = 3
"""Fewer than the attempts that a job has."""


def test_jobs_whose_processes_are_killed_at_any_moment_become_ready(system, store):
    seed = random.randrange(1000)
    print(f"seed {seed}")
    moments = random.Random(seed)
    worker = system.functions["worker"].child
    for _ in range(FILES):
        work = upload(system, rows=MANY_ROWS)
        with Watch(work) as watch:
            kills = sum(
                kill_after(moments.uniform(0.05, 0.8), worker, work) for _ in range(KILLS_PER_FILE)
            )
            work.wait_until_ready()
        assert watch.half_true == []
        assert_done_once(work, store)
        # One that comes when the result has just been handed over costs nothing.
        assert kills in (work.attempts() - 1, work.attempts())
        assert kills > 0


def kill_after(seconds: float, worker: Child, work: Work) -> bool:
    """Let the job's process live for so long; False when the job is done before."""
    wait_until(lambda: work.ended() or job_processes(worker) != [])
    running = job_processes(worker)
    _, alive = psutil.wait_procs(running, timeout=seconds)
    kill(*alive)
    psutil.wait_procs(alive)
    return alive != []
