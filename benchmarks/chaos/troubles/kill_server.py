"""The process that answers requests is killed; its master starts another."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import psutil

from benchmarks.chaos.stack import Stack
from local.child import Child
from tests.faults.processes import kill, server


@contextmanager
def killed_server(stack: Stack, where: int, _moments: random.Random) -> Iterator[int]:
    """Kill a worker's; give how many were killed."""
    yield _kill(stack.workers[where].child)


@contextmanager
def killed_upload(stack: Stack, _where: int, moments: random.Random) -> Iterator[int]:
    """Kill one of the upload function's; give how many were killed."""
    master = psutil.Process(stack.system.functions["upload"].child.pid)
    with suppress(psutil.NoSuchProcess, ProcessLookupError):
        if servers := master.children():
            kill(moments.choice(servers))
            yield 1
            return
    yield 0


def _kill(child: Child) -> int:
    try:
        kill(server(child))
    except (psutil.NoSuchProcess, ProcessLookupError, ValueError):
        return 0  # it is just being replaced
    return 1
