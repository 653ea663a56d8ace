"""What a drain does for the queue besides working, about once a second."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime

from functions.worker.schedules import declare_schedules
from functions.worker.settings import WorkerSettings
from functions.worker.sweep import sweep
from shared.db import transaction
from shared.queue.recover import recover
from shared.queue.schedule import run_schedules

_SECONDS = 1.0
_SHARE = 20
"""At most one part in so many of the drain's time: what it reads grows while an old snapshot is
held."""


@dataclass
class Upkeep:
    """Remembers when something was done last, in monotonic seconds; shared by a drain's slots."""

    settings: WorkerSettings
    buried: int = 0
    """Jobs that were given up because their worker died each time."""
    _next: float = field(default=0.0, init=False)
    _begun: bool = field(default=False, init=False)
    _busy: threading.Lock = field(default_factory=threading.Lock, init=False)

    def run_if_due(self) -> bool:
        """Do what is due, unless another slot is at it; True when it was done.

        The slot that did it should also claim from below the low-water mark.
        """
        if time.monotonic() < self._next or not self._busy.acquire(blocking=False):
            return False
        try:
            began = time.monotonic()
            self._recover()
            now = time.monotonic()
            self._next = now + max(_SECONDS, _SHARE * (now - began))
        finally:
            self._busy.release()
        return True

    def _recover(self) -> None:
        """Take back what expired, and enqueue what the clock says."""
        now = datetime.now(UTC)
        with transaction(self.settings.database) as conn:
            if not self._begun:
                declare_schedules(conn, now)
            recovered = recover(conn)
            run_schedules(conn, now)
        self._begun = True
        for job in (*recovered.buried, *recovered.cancelled):
            sweep(self.settings.storage_bucket, job)
        self.buried += len(recovered.buried)
