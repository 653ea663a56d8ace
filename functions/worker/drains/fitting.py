"""Which jobs fit into what is left of a drain, by how long their like have taken."""

from __future__ import annotations

import time

from psycopg import Connection

from functions.worker.attempts.attempt import WHOLE_DRAIN
from functions.worker.budget import budget
from functions.worker.deadline import Deadline
from functions.worker.registry import can_resume
from functions.worker.settings import WorkerSettings
from shared.queue.claim import ClaimedJob
from shared.queue.pace import Pace, pace_of

_REMEMBER_SECONDS = 10.0
_FRESH = WHOLE_DRAIN + 0.05
"""Of a whole drain: a job that is claimed with this much left has had a whole one in the end."""


class Fitting:
    """Asks the queue for the pace of each kind, now and then.

    A kind that can resume fits always. So does one of which nothing is known.
    """

    def __init__(self, settings: WorkerSettings, deadline: Deadline) -> None:
        self._whole = budget(settings)
        self._deadline = deadline
        self._paces: dict[str, tuple[float, Pace | None]] = {}

    def most_cost(self, conn: Connection, queue: str) -> float | None:
        """Return what a job of a queue may cost to fit into what is left, None for any cost.

        Small jobs take long for their cost, so by them a big one seems longer than it is. A drain
        that has just begun takes any: no other has more time.
        """
        if can_resume(queue):
            return None
        pace, left = self._pace(conn, queue), self._deadline.left()
        if pace is None or left >= _FRESH * self._whole:
            return None
        return left / pace.seconds_per_cost_p95 if pace.seconds_per_cost_p95 else None

    def never(self, job: ClaimedJob) -> bool:
        """Say whether a job that was just claimed would not be done in any drain.

        Only where jobs of the queue did take longer than one: otherwise it is tried.
        """
        _, pace = self._paces.get(job.queue, (0.0, None))
        return (
            pace is not None
            and pace.seconds_p95 > self._whole
            and pace.expected_seconds(job.cost) > self._whole
        )

    def _pace(self, conn: Connection, queue: str) -> Pace | None:
        asked, known = self._paces.get(queue, (float("-inf"), None))
        now = time.monotonic()
        if now - asked > _REMEMBER_SECONDS:
            known = pace_of(conn, queue)
            self._paces[queue] = (now, known)
        return known
