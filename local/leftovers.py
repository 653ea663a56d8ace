"""Find and end what a child has started, even when its parents are gone already."""

import time
from uuid import uuid4

import psutil

MARK = "SLUICE_CHILD"
"""Environment variable that a child hands down to everything it starts."""
RUN = uuid4().hex
"""Begins the marks of all children of this process."""
_SECONDS = 5.0


def end_marked(mark: str) -> None:
    """Kill every process whose mark begins so, again until none is left."""
    deadline = time.monotonic() + _SECONDS
    while marked := [process for process in psutil.process_iter() if _carries(process, mark)]:
        for process in marked:
            _kill(process)
        if time.monotonic() > deadline:  # one that hangs in the kernel; we cannot do more
            return
        time.sleep(0.01)


def _carries(process: psutil.Process, mark: str) -> bool:
    try:
        return process.environ().get(MARK, "").startswith(mark)
    except (psutil.Error, OSError):  # gone (a zombie too), or not ours
        return False


def _kill(process: psutil.Process) -> None:
    try:
        process.kill()
    except psutil.NoSuchProcess:
        return
