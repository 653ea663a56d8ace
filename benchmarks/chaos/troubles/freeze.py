"""A worker stands still with all its processes for longer than its lease, and wakes up."""

from __future__ import annotations

import random
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import psutil

from benchmarks.chaos.stack import Stack


@contextmanager
def frozen(stack: Stack, where: int, _moments: random.Random) -> Iterator[int]:
    """Freeze it wherever it is, in a transaction too."""
    processes: list[psutil.Process] = []
    with suppress(psutil.NoSuchProcess):
        master = psutil.Process(stack.workers[where].child.pid)
        processes = [master, *master.children(recursive=True)]
    for process in processes:
        _send(process, signal.SIGSTOP)
    try:
        yield len(processes[:1])
    finally:
        for process in processes:
            _send(process, signal.SIGCONT)


def _send(process: psutil.Process, number: signal.Signals) -> None:
    with suppress(psutil.NoSuchProcess):
        process.send_signal(number)
