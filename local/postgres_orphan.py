"""End a PostgreSQL server that outlived whoever started it."""

from __future__ import annotations

import signal
from pathlib import Path

import psutil

_GRACE_SECONDS = 10


def end_orphan(cluster: Path) -> None:
    """End the server that still runs on `cluster`, and forget a note of one that does not.

    After a kill -9 the file postmaster.pid stays. Its number may by now belong to a stranger:
    we leave that process alone and remove the note, which PostgreSQL would take for a server.
    """
    note = cluster / "postmaster.pid"
    try:
        server = psutil.Process(int(note.read_text().split("\n", 1)[0]))
    except (FileNotFoundError, ValueError, psutil.NoSuchProcess):
        return  # PostgreSQL itself copes with a note of a process that is gone
    if _serves(server, cluster):
        _end(server)
    else:
        note.unlink(missing_ok=True)


def _serves(server: psutil.Process, cluster: Path) -> bool:
    try:
        return str(cluster) in server.cmdline()
    except psutil.AccessDenied:  # another user's, so not ours
        return False


def _end(server: psutil.Process) -> None:
    for wish in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        server.send_signal(wish)
        try:
            server.wait(_GRACE_SECONDS)
        except psutil.TimeoutExpired:
            continue
        return
