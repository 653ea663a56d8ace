"""Jobs that are SQL and nothing else: many of them in one transaction, without a child."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import psycopg
from psycopg import Connection

from functions.worker.attempts.ending import Outcome
from functions.worker.attempts.sql_job import by_itself, give_back
from functions.worker.attempts.tracing import record_batch
from functions.worker.deadline import Deadline
from functions.worker.registry import sql_handler, version
from functions.worker.settings import WorkerSettings
from shared.db import transaction
from shared.errors import SluiceError
from shared.queue import drains
from shared.queue.claim import ClaimedJob, claim
from shared.queue.complete import complete_many
from shared.queue.take import take

_TAKEN_FROM = 16
"""Where batches have become so big, they are taken; slower jobs are claimed by lease."""
_MOST_AT_ONCE = 1000
"""Beyond this, a bigger batch gains nothing."""
_GROWTH = 4
_AIM_SECONDS = 0.2
"""What a batch is to take: it cannot be stopped in the middle without losing its work."""
_LIMIT_SECONDS = 2.0


class _Undone(SluiceError):
    """Something of the batch does not go well, so nothing of it shall have happened."""


@dataclass
class SqlBatches:
    """Works on one queue for one slot of a drain, in batches that grow while all goes well.

    Small ones are claimed by lease. Bigger ones are taken: claimed, worked on and completed in a
    single transaction. When something does not go well in a batch, none of it has happened; then a
    job is claimed by lease again and goes by itself, so that its failure is charged to it alone.
    So it is, too, after a drain that had batches of this queue has died.
    """

    settings: WorkerSettings
    queue: str
    drain: int
    deadline: Deadline
    _size: int = field(default=1, init=False)
    _seconds_each: float = field(default=0.0, init=False)
    _may_batch: bool | None = field(default=None, init=False)
    """None until it has been asked for."""

    def work(self, *, sweep: bool) -> Counter[Outcome]:
        """Work on a batch and say how many of it ended how. Raises psycopg.OperationalError."""
        if self._size > 1 and not self._batches():
            self._size = 1
        if self._size >= _TAKEN_FROM:
            taken = self._take(sweep=sweep)
            if taken:
                return Counter({"completed": taken})
        return self._claim(sweep=sweep)

    def _batches(self) -> bool:
        """Say whether many may go at once; from then on others know that they do here."""
        if self._may_batch is None:
            with transaction(self.settings.database) as conn:
                self._may_batch = not drains.perilous(conn, self.queue)
                if self._may_batch:
                    drains.batching(conn, self.drain, self.queue)
        return self._may_batch

    def _take(self, *, sweep: bool) -> int:
        """Return how many jobs were done: none when one of them did not go well, or none waits."""
        began, limit = time.monotonic(), self._fitting()
        try:
            with transaction(self.settings.database) as conn:
                jobs = take(
                    conn,
                    self.queue,
                    limit=limit,
                    version=version(self.queue),
                    sweep=sweep,
                    worked=timedelta(seconds=self._seconds_each),
                )
                self._do(conn, [job.payload for job in jobs])
        except psycopg.OperationalError:
            raise
        except Exception:  # noqa: BLE001 - which one it was shows when each goes by itself
            self._size = 1
            return 0
        self._adapt(len(jobs), limit, time.monotonic() - began)
        return len(jobs)

    def _do(self, conn: Connection, payloads: Sequence[str | dict[str, object]]) -> None:
        handler = sql_handler(self.queue)
        until = time.monotonic() + min(self.deadline.left(), _LIMIT_SECONDS)
        for payload in payloads:
            if isinstance(payload, str):
                handler.work(conn, handler.Payload.model_validate_json(payload))
            else:
                handler.work(conn, handler.Payload.model_validate(payload))
            if time.monotonic() > until:
                raise _Undone

    def _fitting(self) -> int:
        """Return how many can be done in what is left, of a batch's size at the most."""
        if not self._seconds_each:
            return self._size
        return max(1, min(self._size, int(self.deadline.left() / self._seconds_each / 2)))

    def _claim(self, *, sweep: bool) -> Counter[Outcome]:
        limit = self._fitting()
        with transaction(self.settings.database) as conn:
            jobs = claim(conn, self.queue, limit=limit, version=version(self.queue), sweep=sweep)
        if not jobs:
            return Counter()
        began = time.monotonic()
        if len(jobs) > 1 and self._all_together(jobs):
            outcomes: Counter[Outcome] = Counter({"completed": len(jobs)})
        else:
            outcomes = self._one_by_one(jobs)
        if outcomes["completed"] == len(jobs):
            self._adapt(len(jobs), limit, time.monotonic() - began)
        else:
            self._size = 1
        return outcomes

    def _all_together(self, jobs: Sequence[ClaimedJob]) -> bool:
        """Say whether all went well; otherwise none of it has happened."""
        try:
            with transaction(self.settings.database) as conn:
                self._do(conn, [job.payload for job in jobs])
                if len(complete_many(conn, jobs)) < len(jobs):
                    raise _Undone
        except psycopg.OperationalError:
            raise
        except Exception:  # noqa: BLE001 - which one it was shows when each goes by itself
            return False
        return True

    def _one_by_one(self, jobs: Sequence[ClaimedJob]) -> Counter[Outcome]:
        outcomes: Counter[Outcome] = Counter()
        until = time.monotonic() + jobs[0].policy.lease.total_seconds() / 2
        for n, job in enumerate(jobs):
            if n and (time.monotonic() > until or not self.deadline.left()):
                give_back(self.settings, jobs[n:], self.deadline)
                outcomes["released"] += len(jobs) - n
                break
            outcomes[by_itself(self.settings, job, self.deadline)] += 1
        return outcomes

    def _adapt(self, done: int, limit: int, seconds: float) -> None:
        if not done:
            return
        if done > 1:
            record_batch(self.queue, done, seconds)
        self._seconds_each = seconds / done
        fitting = round(_AIM_SECONDS / self._seconds_each)
        grown = limit * _GROWTH if done == limit else limit
        self._size = max(1, min(fitting, grown, _MOST_AT_ONCE))
