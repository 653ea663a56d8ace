"""When a drain has to end: its time is up, or its process has been told to stop."""

from __future__ import annotations

import os
import time


class Stop:
    """Whether this process is to stop; set from a signal's handler."""

    def __init__(self) -> None:
        self._requested = False
        self._master: int | None = None

    def request(self) -> None:
        """Let every drain of the process end soon."""
        self._requested = True

    def when_orphaned(self) -> None:
        """Let every drain end soon, and no other begin, when the present parent has died."""
        self._master = os.getppid()

    @property
    def requested(self) -> bool:
        """Whether somebody has asked for it, or the parent has died."""
        return self._requested or self._master not in {None, os.getppid()}


PROCESS = Stop()


class Deadline:
    """A moment of the monotonic clock, which a stop of the process brings forward to now."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._at = time.monotonic() + seconds
        self._parent = os.getppid()

    def left(self) -> float:
        """Return the seconds that are left, 0 when there are none."""
        return 0.0 if self.stopping else max(0.0, self._at - time.monotonic())

    @property
    def stopping(self) -> bool:
        """Whether the process has to stop, because it was told to or its master has died."""
        return PROCESS.requested or os.getppid() != self._parent
