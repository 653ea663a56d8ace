"""Something that is done now and then while a block is busy."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def meanwhile(do: Callable[[], bool], *, every: float) -> Iterator[None]:
    """Call `do` every so many seconds as long as it returns True, from a thread that ends with the
    block.
    """
    over = threading.Event()

    def run() -> None:
        while not over.wait(every) and do():
            pass

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
