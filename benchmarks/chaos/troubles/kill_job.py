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
    """Kill one of a worker's; give how many were killed, 0 when it was at rest."""
    found = []
    # Its server may be gone just now, killed by another trouble.
    with suppress(psutil.NoSuchProcess, ValueError):
        found = job_processes(stack.workers[where].child)
    killed = 0
    if found:
        with suppress(psutil.NoSuchProcess, ProcessLookupError):
            kill(moments.choice(found))
            killed = 1
    yield killed
