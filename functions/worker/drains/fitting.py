"""Which jobs fit into what is left of a drain, by how long their like have taken."""

from __future__ import annotations

import time

from psycopg import Connection

from functions.worker.deadline import Deadline
from functions.worker.registry import can_resume
from functions.worker.settings import WorkerSettings
from shared.queue.claim import ClaimedJob
from shared.queue.fit import Fit
from shared.queue.pace import pace_of

_REMEMBER_SECONDS = 10.0


class Fitting:
    """Asks the queue for the pace of each kind, now and then.

    A kind that can resume fits always. So does one of which nothing is known.
    """

    def __init__(self, settings: WorkerSettings, deadline: Deadline) -> None:
        self._budget = settings.worker_budget_seconds
        self._deadline = deadline
        self._paces: dict[str, tuple[float, float | None]] = {}

    def of(self, conn: Connection, queue: str) -> Fit | None:
        """Return what the jobs of a queue may cost to fit, None for any cost."""
        if can_resume(queue):
            return None
        seconds_per_cost = self._seconds_per_cost(conn, queue)
        if not seconds_per_cost:
            return None
        return Fit(
            now=self._deadline.left() / seconds_per_cost, never=self._budget / seconds_per_cost
        )

    def never(self, job: ClaimedJob) -> bool:
        """Say whether a job that was just claimed would not be done in any drain."""
        _, seconds_per_cost = self._paces.get(job.queue, (0.0, None))
        return bool(seconds_per_cost) and job.cost * (seconds_per_cost or 0.0) > self._budget

    def _seconds_per_cost(self, conn: Connection, queue: str) -> float | None:
        asked, known = self._paces.get(queue, (float("-inf"), None))
        now = time.monotonic()
        if now - asked > _REMEMBER_SECONDS:
            pace = pace_of(conn, queue)
            known = pace.seconds_per_cost_p95 if pace else None
            self._paces[queue] = (now, known)
        return known
