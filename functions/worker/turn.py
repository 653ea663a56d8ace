"""Housekeeping works in short turns: users' jobs wait for the same slots."""

from __future__ import annotations

import time

from functions.worker.job import Yielded

_SECONDS = 2.0


class Turn:
    """A turn that begins now."""

    def __init__(self) -> None:
        self._until = time.monotonic() + _SECONDS

    def give_way(self) -> None:
        """Let other queues go first once the turn is over: raises Yielded.

        Call it after a checkpoint: the job goes back to its queue, its attempt refunded.
        """
        if time.monotonic() >= self._until:
            raise Yielded
