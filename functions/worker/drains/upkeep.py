"""What a drain does for the queue besides working, about once a second."""

from __future__ import annotations

import logging
import threading
import time
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Self

import psycopg

from functions.worker.attempts.sweep import sweep
from functions.worker.drains.bell import Bell
from functions.worker.drains.schedules import declare_schedules
from functions.worker.registry import queues
from functions.worker.settings import WorkerSettings
from shared.db import transaction
from shared.nudge.nudge import chain
from shared.queue import drains
from shared.queue.depth import depth
from shared.queue.recover import recover
from shared.queue.schedule import run_schedules

_LOG = logging.getLogger("sluice.worker")

_SECONDS = 1.0
_SHARE = 20
"""At most one part in so many of the drain's time: what it reads grows while an old snapshot is
held."""
_SWEEP_SECONDS = 1.0
"""For all at once; meanwhile the drain is not renewed."""
_RENEW_SECONDS = drains.DEAD_AFTER.total_seconds() / 5

_ENDED: list[int] = []
"""Drains of this process that may still be registered. They must not pass for dead: then jobs that
are SQL would go one by one for a while."""


class Upkeep:
    """Keeps a drain in the register for the length of the block, and the queue in order.

    In a thread of its own, since all slots may be busy. `buried` counts the jobs that were given up
    because their worker died each time.
    """

    def __init__(self, settings: WorkerSettings, bell: Bell, *, seconds: float) -> None:
        self._settings = settings
        self._bell = bell
        self._seconds = seconds
        self._over = threading.Event()
        self._sweep_due = threading.Event()
        self._thread = threading.Thread(target=self._run, name="upkeep", daemon=True)
        self.buried = 0

    def __enter__(self) -> Self:
        """Raises psycopg.OperationalError."""
        with transaction(self._settings.database) as conn:
            for ended in _ENDED:
                drains.leave(conn, ended)
            self.drain = drains.enter(conn, timedelta(seconds=self._seconds))
            declare_schedules(conn, datetime.now(UTC))
        _ENDED.clear()
        self._tidy()
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Leave the register, or see to it at the next drain if the database does not answer."""
        self._over.set()
        self._thread.join()
        _ENDED.append(self.drain)
        with transaction(self._settings.database) as conn:
            drains.leave(conn, self.drain)
        _ENDED.clear()

    def sweep_is_due(self) -> bool:
        """Say, to one slot each second or so, that it should also claim from below the mark."""
        due = self._sweep_due.is_set()
        self._sweep_due.clear()
        return due

    def _run(self) -> None:
        tidy_at = renew_at = time.monotonic() + _SECONDS
        while not self._over.wait(max(0.0, min(tidy_at, renew_at) - time.monotonic())):
            began = time.monotonic()
            try:
                if began >= renew_at:
                    renew_at = began + _RENEW_SECONDS
                    self._renew()
                if began >= tidy_at:
                    tidy_at = began + _SECONDS
                    self._tidy()
                    tidy_at = began + max(_SECONDS, _SHARE * (time.monotonic() - began))
                    self._call_for_help()
            except psycopg.OperationalError:
                _LOG.warning("The upkeep did not get through", exc_info=True)

    def _renew(self) -> None:
        with transaction(self._settings.database) as conn:
            drains.renew(conn, self.drain)

    def _tidy(self) -> None:
        """Take back what expired, enqueue what the clock says, and let somebody sweep."""
        with transaction(self._settings.database) as conn:
            recovered = recover(conn)
            run_schedules(conn, datetime.now(UTC))
        until = time.monotonic() + _SWEEP_SECONDS
        for job in (*recovered.buried, *recovered.cancelled):
            sweep(self._settings.storage_bucket, job, seconds=until - time.monotonic())
        self.buried += len(recovered.buried)
        self._sweep_due.set()

    def _call_for_help(self) -> None:
        """Let slots that rest look again; ask for another drain when more waits than all can do."""
        with transaction(self._settings.database) as conn:
            left = depth(conn, queues())
        if left:
            self._bell.ring()
        if left > self._settings.worker_slots:
            chain(self._settings, left=left)
