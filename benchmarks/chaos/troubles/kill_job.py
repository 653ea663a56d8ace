"""A job's process is killed, as the kernel does when memory runs out."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import psutil

from benchmarks.chaos.stack import Stack
from tests.faults.processes import job_processes, kill


@contextmanager
def killed_job(stack: Stack, where: int, moments: random.Random) -> Iterator[int]:
    """Kill one of this worker's or, when it has none, of the next; give 0 when nobody has any."""
    killed = 0
    for worker in (*stack.workers[where:], *stack.workers[:where]):
        # A server may be gone just now, killed by another trouble.
        with suppress(psutil.NoSuchProcess, ProcessLookupError, ValueError):
            if found := job_processes(worker.child):
                kill(moments.choice(found))
                killed = 1
                break
    yield killed
