"""Files by which a test and a job in another process tell each other how far they are."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

_PATIENCE_SECONDS = 30.0


def wait_until(true: Callable[[], bool], *, seconds: float = _PATIENCE_SECONDS) -> float:
    """Look until it is so; return after how many seconds it was."""
    started = time.monotonic()
    while not true():
        assert time.monotonic() - started < seconds, "It was not so in time."
        time.sleep(0.01)
    return time.monotonic() - started


class Signs:
    """A folder of them; see the handlers for the names."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.folder = folder

    def open_the_gate(self) -> None:
        """Let the job go on."""
        (self.folder / "open").touch()

    def wait_until_reached(self) -> None:
        """Wait until the job is where it was to wait."""
        wait_until((self.folder / "reached").exists)

    def counted(self) -> list[int]:
        """Every sheep that was counted, over all attempts."""
        return [int(line) for line in (self.folder / "counted").read_text().split()]
