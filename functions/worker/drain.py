"""Work on the queues until they are empty or the time is up."""

from __future__ import annotations

import time
from collections import Counter, deque
from concurrent.futures import ThreadPoolExecutor
from typing import Literal

from functions.worker.attempt import attempt
from functions.worker.ending import Outcome
from functions.worker.nursery import nursery
from functions.worker.registered import registered
from functions.worker.registry import is_sql, queues, version
from functions.worker.settings import WorkerSettings
from functions.worker.sql_batch import SqlBatches
from functions.worker.upkeep import Upkeep
from shared.db import transaction
from shared.model import Model
from shared.queue.claim import claim
from shared.queue.depth import depth

StoppedBecause = Literal["empty", "budget", "alreadyDraining"]

_LEAST_TIME_FOR_A_JOB = 1.0


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
    with nursery(settings), registered(settings, budget=settings.worker_budget_seconds) as drain_id:
        outcomes = _work(settings, upkeep, drain_id, deadline)
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


def _work(
    settings: WorkerSettings, upkeep: Upkeep, drain_id: int, deadline: float
) -> Counter[Outcome]:
    """Let every slot work until nothing is left for it."""
    slots = [_Slot(settings, upkeep, drain_id, deadline) for _ in range(settings.worker_slots)]
    with ThreadPoolExecutor(len(slots), thread_name_prefix="slot") as threads:
        running = [threads.submit(slot.run) for slot in slots]
    return sum((slot.result() for slot in running), Counter[Outcome]())


class _Slot:
    """Works on one job after the other, queue by queue: the one that had jobs goes to the end."""

    def __init__(
        self, settings: WorkerSettings, upkeep: Upkeep, drain_id: int, deadline: float
    ) -> None:
        self._settings = settings
        self._upkeep = upkeep
        self._deadline = deadline
        self._turns = deque(queues())
        self._sql = {
            queue: SqlBatches(settings, queue, drain_id, deadline)
            for queue in self._turns
            if is_sql(queue)
        }

    def run(self) -> Counter[Outcome]:
        """Return how many jobs ended how."""
        outcomes: Counter[Outcome] = Counter()
        while self._deadline - time.monotonic() > _LEAST_TIME_FOR_A_JOB:
            done = self._turn(sweep=self._upkeep.run_if_due())
            if not done:
                break
            outcomes += done
        return outcomes

    def _turn(self, *, sweep: bool) -> Counter[Outcome]:
        """Work on the first queue that has jobs."""
        for _ in range(len(self._turns)):
            queue = self._turns[0]
            self._turns.rotate(-1)
            done = self._work_on(queue, sweep=sweep)
            if done:
                return done
        return Counter()

    def _work_on(self, queue: str, *, sweep: bool) -> Counter[Outcome]:
        if queue in self._sql:
            return self._sql[queue].work(sweep=sweep)
        with transaction(self._settings.database) as conn:
            jobs = claim(conn, queue, version=version(queue), sweep=sweep)
        return Counter(attempt(self._settings, job, deadline=self._deadline) for job in jobs)


def _remaining(settings: WorkerSettings) -> int:
    with transaction(settings.database) as conn:
        return depth(conn, queues())
