"""What alerts go by: a line of the log each minute, in words that infra/modules/watch looks for."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

import psycopg

from functions.worker.settings import WorkerSettings
from shared.db import transaction
from shared.queue.overview import loads
from shared.queue.policy import policies

_LOG = logging.getLogger("sluice.worker.gauge")
_SECONDS_BETWEEN = 60.0


class Gauge:
    """At most one line a minute from this process."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._due = float("-inf")
        self._lock = threading.Lock()

    def report(self, settings: WorkerSettings) -> None:
        """Log how long the oldest job has been waiting and how many were given up lately."""
        with self._lock:
            if self._clock() < self._due:
                return
            self._due = self._clock() + _SECONDS_BETWEEN
        try:
            with transaction(settings.database) as conn:
                found = loads(conn, [policy.queue for policy in policies(conn)]).values()
        except psycopg.OperationalError:
            return  # said where the drain needed the database
        oldest = max((load.oldest.total_seconds() for load in found if load.oldest), default=0)
        given_up = sum(load.given_up_last_hour for load in found)
        _LOG.info("Oldest waiting job: %.0f s; given up in an hour: %d", oldest, given_up)
