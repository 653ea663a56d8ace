"""One slot of a drain: claims and works, one job after the other."""

from __future__ import annotations

from collections import Counter

from functions.worker.attempts.attempt import attempt
from functions.worker.attempts.beating import beating
from functions.worker.attempts.ending import Ending, Outcome
from functions.worker.attempts.sql_batch import SqlBatches
from functions.worker.attempts.sql_job import give_back
from functions.worker.deadline import Deadline
from functions.worker.drains.crew import Crew
from functions.worker.drains.fitting import Fitting
from functions.worker.drains.upkeep import Upkeep
from functions.worker.registry import is_sql, queues, version, works_alone
from functions.worker.settings import WorkerSettings
from shared.db import transaction
from shared.queue.claim import ClaimedJob, claim
from shared.queue.due import due

LEAST_SECONDS = 0.25
"""With less than this left, no job is begun."""


class Slot:
    """Goes from queue to queue: one that had jobs goes to the end of the row."""

    def __init__(
        self, settings: WorkerSettings, upkeep: Upkeep, crew: Crew, deadline: Deadline
    ) -> None:
        self._settings = settings
        self._upkeep = upkeep
        self._crew = crew
        self._deadline = deadline
        self._turns = queues()
        self._sql = {
            queue: SqlBatches(settings, queue, upkeep.drain, deadline)
            for queue in self._turns
            if is_sql(queue)
        }
        self._fitting = Fitting(settings, deadline)

    def run(self) -> Counter[Outcome]:
        """Return how many jobs ended how."""
        outcomes: Counter[Outcome] = Counter()
        try:
            while self._deadline.left() > LEAST_SECONDS:
                with self._crew.at_work():
                    done = self._turn(sweep=self._upkeep.sweep_is_due())
                outcomes += done
                if not done and not self._crew.rest():
                    break
        finally:
            self._crew.leave()
        return outcomes

    def _turn(self, *, sweep: bool) -> Counter[Outcome]:
        """Work on the first queue that has jobs."""
        done = self._first_of(self._due(sweep=sweep), sweep=sweep)
        if done or sweep:
            return done
        # Before it says that there is nothing, it looks everywhere.
        return self._first_of(self._due(sweep=True), sweep=True)

    def _due(self, *, sweep: bool) -> set[str]:
        with transaction(self._settings.database) as conn:
            return due(conn, self._turns, sweep=sweep)

    def _first_of(self, wanted: set[str], *, sweep: bool) -> Counter[Outcome]:
        for queue in [queue for queue in self._turns if queue in wanted]:
            done = self._work_on(queue, sweep=sweep)
            if done:
                self._turns.remove(queue)
                self._turns.append(queue)
                return done
        return Counter()

    def _work_on(self, queue: str, *, sweep: bool) -> Counter[Outcome]:
        if queue in self._sql:
            return self._sql[queue].work(sweep=sweep)
        with transaction(self._settings.database) as conn:
            most_cost = self._fitting.most_cost(conn, queue)
            jobs = claim(conn, queue, version=version(queue), sweep=sweep, most_cost=most_cost)
        return Counter(self._work(job) for job in jobs)

    def _work(self, job: ClaimedJob) -> Outcome:
        if self._fitting.never(job):
            return Ending(self._settings, job, self._deadline).set_aside()
        if not works_alone(job.queue, job.cost):
            return attempt(self._settings, job, deadline=self._deadline)
        with beating(self._settings, job), self._crew.alone() as granted:
            if granted:
                return attempt(self._settings, job, deadline=self._deadline)
            give_back(self._settings, [job], self._deadline)
            return "released"
