"""Whether a process may work for another job after this one."""

from __future__ import annotations

import os
import resource
from pathlib import Path

_OWN_THREADS = 2
"""The one that works and the one that listens."""
_MOST_JOBS = 100
"""Then whatever leaks slowly has leaked enough."""
_MOST_RESIDENT = 256 << 20
"""Bytes, half of which every child shares with the fork server."""
_SELF = Path("/proc/self")


def is_at_rest(jobs_done: int) -> bool:
    """Say whether nothing of the jobs done so far goes on here, and little of them is kept."""
    return (
        jobs_done < _MOST_JOBS
        and not _has_children()
        and len(list((_SELF / "task").glob("*"))) == _OWN_THREADS
        and _resident() < _MOST_RESIDENT
    )


def _has_children() -> bool:
    try:
        os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        return False
    return True


def _resident() -> int:
    return int((_SELF / "statm").read_text().split()[1]) * resource.getpagesize()
