"""Work on several cores of which the results come in order; Arrow and numpy let threads run."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")

_MOST_THREADS = 4
"""Each has a slice or a block in memory."""


def threads() -> int:
    """Return on how many cores this process may work, up to a few."""
    try:
        cores = len(os.sched_getaffinity(0))
    except AttributeError:  # not on Linux
        cores = os.cpu_count() or 1
    return min(cores, _MOST_THREADS)


def in_order(tasks: Iterable[Callable[[], T]]) -> Iterator[T]:
    """Yield the tasks' results; one more task is asked for than threads are at work.

    All threads have ended when the iteration has, however it ends.
    """
    count = threads()
    with ThreadPoolExecutor(count) as pool:
        waiting: deque[Future[T]] = deque()
        try:
            for task in tasks:
                waiting.append(pool.submit(task))
                if len(waiting) > count:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            pool.shutdown(cancel_futures=True)
