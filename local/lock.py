"""One system per folder."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from local.errors import CannotRun


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the folder for the length of the block. CannotRun when another process does.

    The kernel lets go when we end, however we end: there is no stale lock.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CannotRun(
                f"Another Sluice runs on {folder}. Stop it, or choose another folder with --data."
            ) from None
        yield
