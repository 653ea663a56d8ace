"""The worker's processes: a master, the server that it watches, and the jobs' own below that."""

from __future__ import annotations

import os
import signal

import psutil

from local.child import Child


def kill(*processes: psutil.Process) -> None:
    """End them as the kernel does when memory runs out: at once and without a word."""
    for process in processes:
        os.kill(process.pid, signal.SIGKILL)


def server(worker: Child) -> psutil.Process:
    """Return the process that drains."""
    (only,) = psutil.Process(worker.pid).children()
    return only


def job_processes(worker: Child) -> list[psutil.Process]:
    """Return the processes that run a handler: those that the fork server has started."""
    found = []
    for process in server(worker).children(recursive=True):
        try:
            if _is_fork_server(process.parent()):
                found.append(process)
        except psutil.NoSuchProcess:
            continue
    return found


def _is_fork_server(process: psutil.Process | None) -> bool:
    return process is not None and any("forkserver" in word for word in process.cmdline())
