"""A worker's disk for temporary files is full."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks.chaos.stack import Stack


@contextmanager
def full_disk(stack: Stack, where: int, _moments: random.Random) -> Iterator[int]:
    """Fill it where it is one of its own; give 0 where it is not, and leave the machine's alone."""
    disk = stack.workers[where].disk
    if not disk.is_real:
        yield 0
        return
    with disk.full():
        yield 1
