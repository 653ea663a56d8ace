"""A worker's container is gone, and after a while there is a new one."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import psutil

from benchmarks.chaos.stack import Stack
from tests.faults.processes import kill


@contextmanager
def killed_master(stack: Stack, where: int, _moments: random.Random) -> Iterator[int]:
    """Kill master and server; the jobs' processes notice by themselves that they are alone."""
    worker = stack.workers[where]
    master = psutil.Process(worker.child.pid)
    with suppress(psutil.NoSuchProcess, ProcessLookupError):
        kill(master, *master.children())
    try:
        yield 1
    finally:
        worker.child.stop()
        worker.start()
