"""A job's process is killed again and again."""

import random
import time

import psutil
import pytest

from tests.faults.processes import job_processes, kill
from tests.faults.watch import Watch
from tests.faults.work import assert_done_once, upload

pytestmark = pytest.mark.faults

FILES = 3
KILLS_PER_FILE = 3
"""Fewer than the attempts that a job has."""


def test_jobs_whose_processes_are_killed_at_any_moment_become_ready(system, store):
    seed = random.randrange(1000)
    print(f"seed {seed}")
    moments = random.Random(seed)
    worker = system.functions["worker"].child
    for _ in range(FILES):
        work = upload(system)
        with Watch(work) as watch:
            for _ in range(KILLS_PER_FILE):
                kill_after(moments.uniform(0.05, 1.5), worker)
            work.wait_until_ready()
        assert watch.half_true == []
        assert_done_once(work, store)


def kill_after(seconds: float, worker) -> None:
    """Let the job's process live for so long; none is killed when the job is done before."""
    deadline = time.monotonic() + 20
    while not (running := job_processes(worker)) and time.monotonic() < deadline:
        time.sleep(0.01)
    if running and psutil.wait_procs(running, timeout=seconds)[1]:
        kill(*running)
        psutil.wait_procs(running)
