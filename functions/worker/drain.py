"""Work on the queues until they are empty or the time is up."""

from __future__ import annotations

import logging
import time
from collections import Counter, deque
from concurrent.futures import ThreadPoolExecutor
from typing import Literal

from psycopg import Connection

from functions.worker.attempt import attempt
from functions.worker.ending import Ending, Outcome
from functions.worker.nursery import nursery
from functions.worker.registry import is_sql, queues, version
from functions.worker.settings import WorkerSettings
from functions.worker.sql_batch import work_on
from functions.worker.upkeep import Upkeep
from shared.db import transaction
from shared.errors import CancelRequested, LeaseLost
from shared.model import Model
from shared.queue.claim import ClaimedJob, claim
from shared.queue.depth import depth
from shared.queue.release import release

_LOG = logging.getLogger("sluice.worker")

StoppedBecause = Literal["empty", "budget", "alreadyDraining"]

_LEAST_TIME_FOR_A_JOB = 1.0
_SQL_JOBS_AT_ONCE = 1000
"""Beyond this, a bigger batch gains nothing."""


class Drained(Model):
    """What a drain did; `remaining` counts the jobs that could be claimed at its end."""

    claimed: int = 0
    completed: int = 0
    retried: int = 0
    released: int = 0
    buried: int = 0
    cancelled: int = 0
    lost: int = 0
    """Jobs whose lease another worker had taken over before they ended here."""
    remaining: int = 0
    elapsed_seconds: float = 0.0
    stopped_because: StoppedBecause = "empty"


def drain(settings: WorkerSettings) -> Drained:
    """Claim and run jobs in as many slots as the settings say, within the budget.

    Raises psycopg.OperationalError when the database does not answer; leases then expire and the
    next drain takes over.
    """
    started = time.monotonic()
    deadline = started + settings.worker_budget_seconds
    upkeep = Upkeep(settings)
    with nursery(settings), ThreadPoolExecutor(settings.worker_slots, "slot") as slots:
        running = [
            slots.submit(_Slot(settings, upkeep, deadline).run)
            for _ in range(settings.worker_slots)
        ]
    outcomes = sum((slot.result() for slot in running), Counter[Outcome]())
    out_of_time = time.monotonic() > deadline - _LEAST_TIME_FOR_A_JOB
    return Drained(
        claimed=outcomes.total(),
        completed=outcomes["completed"],
        retried=outcomes["retried"],
        released=outcomes["released"],
        buried=outcomes["buried"] + upkeep.buried,
        cancelled=outcomes["cancelled"],
        lost=outcomes["lost"],
        remaining=_remaining(settings),
        elapsed_seconds=round(time.monotonic() - started, 3),
        stopped_because="budget" if out_of_time else "empty",
    )


class _Slot:
    """Works on one job after the other, queue by queue: the one that had jobs goes to the end."""

    def __init__(self, settings: WorkerSettings, upkeep: Upkeep, deadline: float) -> None:
        self._settings = settings
        self._upkeep = upkeep
        self._deadline = deadline
        self._turns = deque(queues())
        self._sweep = False

    def run(self) -> Counter[Outcome]:
        """Return how many jobs ended how."""
        outcomes: Counter[Outcome] = Counter()
        jobs: list[ClaimedJob] = []
        while self._deadline - time.monotonic() > _LEAST_TIME_FOR_A_JOB:
            self._sweep = self._upkeep.run_if_due()
            if not jobs:
                with transaction(self._settings.database) as conn:
                    jobs = self._claim_next(conn)
            if not jobs:
                break
            if is_sql(jobs[0].queue):
                done, jobs = work_on(self._settings, jobs, self._claim_next)
                outcomes += done
            else:
                outcomes[attempt(self._settings, jobs.pop(), deadline=self._deadline)] += 1
        _give_back(self._settings, jobs)
        return outcomes

    def _claim_next(self, conn: Connection) -> list[ClaimedJob]:
        """Claim one job or, where jobs are SQL, many."""
        for _ in range(len(self._turns)):
            queue = self._turns[0]
            self._turns.rotate(-1)
            limit = _SQL_JOBS_AT_ONCE if is_sql(queue) else 1
            claimed = claim(conn, queue, limit=limit, version=version(queue), sweep=self._sweep)
            if claimed:
                return claimed
        return []


def _give_back(settings: WorkerSettings, jobs: list[ClaimedJob]) -> None:
    """Hand back what was claimed and never started."""
    for job in jobs:
        try:
            with transaction(settings.database) as conn:
                release(conn, job, started=False)
        except CancelRequested:
            Ending(settings, job).abandon()
        except LeaseLost as lost:
            _LOG.warning("%s", lost)


def _remaining(settings: WorkerSettings) -> int:
    with transaction(settings.database) as conn:
        return depth(conn, queues())
