"""The bucket goes down and comes back."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager

import psutil

from benchmarks.chaos.stack import Stack
from tests.faults.processes import kill


@contextmanager
def killed_bucket(stack: Stack, _where: int, _moments: random.Random) -> Iterator[int]:
    """Kill its process; what it had stored is there again with the next one."""
    bucket = stack.system.bucket
    kill(psutil.Process(bucket.child.pid))
    try:
        yield 1
    finally:
        bucket.stop()
        bucket.start()
