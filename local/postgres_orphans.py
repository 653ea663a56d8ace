"""End what is left of a PostgreSQL server that outlived whoever started it."""

from __future__ import annotations

import signal
import time
from pathlib import Path

import psutil

_GRACE_SECONDS = 10.0


def end_orphans(cluster: Path) -> None:
    """End every process of a server that still runs on `cluster`, and forget the server.

    After a kill -9 the file postmaster.pid stays. Its number may by now belong to a stranger, who
    is left alone; PostgreSQL would take the stranger for a server and refuse to start.
    """
    note = cluster / "postmaster.pid"
    if not note.exists():
        return
    # All of them, for the server's children may outlive it by a moment. Asked first, the server
    # takes its children along.
    server = int(note.read_text().split("\n", 1)[0])
    for wish in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        for process in _serving(cluster):
            if process.pid == server or wish == signal.SIGKILL:
                _signal(process, wish)
        if _all_ended(cluster):
            break
    note.unlink(missing_ok=True)


def _serving(cluster: Path) -> list[psutil.Process]:
    return [process for process in psutil.process_iter() if _serves(process, cluster)]


def _serves(process: psutil.Process, cluster: Path) -> bool:
    try:
        return process.name() == "postgres" and process.cwd() == str(cluster)
    except (psutil.Error, OSError):  # another user's, or just gone
        return False


def _signal(process: psutil.Process, wish: signal.Signals) -> None:
    try:
        process.send_signal(wish)
    except psutil.NoSuchProcess:
        return


def _all_ended(cluster: Path) -> bool:
    deadline = time.monotonic() + _GRACE_SECONDS
    while _serving(cluster):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True
