"""A worker process that works on the jobs until SIGTERM, whatever happens to it meanwhile."""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from dataclasses import dataclass, field
from datetime import timedelta

import psycopg

from shared.errors import LeaseLost
from shared.queue.attempt_error import AttemptError
from shared.queue.checkpoint import checkpoint
from shared.queue.claim import ClaimedJob, claim
from shared.queue.complete import complete, complete_many
from shared.queue.heartbeat import heartbeat
from shared.queue.progress import Progress
from shared.queue.recover import recover
from shared.queue.release import release
from shared.queue.retry import retry
from tests.faults.ledger.jobs import QUEUE

_BATCH = 25
_SWEEP_SECONDS = 0.25
_RECONNECT_SECONDS = 0.05
_COUNT = "insert into ledger (job_id, fence) values (%s, %s)"


@dataclass
class Worker:
    """Claims batches and does what a worker may do with a job, by chance."""

    url: str
    moments: random.Random
    parent: int = field(default_factory=os.getppid)
    stopping: bool = False
    held: list[ClaimedJob] = field(default_factory=list)
    """What it believes to hold. After a lost connection it tries to complete all of it: whatever
    got through before must then be refused."""
    _next_sweep: float = 0.0

    def run(self) -> None:
        """Work until it is told to stop, or its parent is gone."""
        while not self._is_over():
            try:
                with psycopg.connect(self.url, autocommit=True, prepare_threshold=None) as conn:
                    self._one_by_one(conn)
                    while not self._is_over():
                        self._batch(conn)
            except psycopg.OperationalError:
                time.sleep(_RECONNECT_SECONDS)

    def stop(self, *_: object) -> None:
        """End after this batch."""
        self.stopping = True

    def _is_over(self) -> bool:
        return self.stopping or os.getppid() != self.parent

    def _batch(self, conn: psycopg.Connection) -> None:
        sweep = time.monotonic() >= self._next_sweep
        if sweep:
            with conn.transaction():
                recover(conn)
            self._next_sweep = time.monotonic() + _SWEEP_SECONDS
        self.held = claim(conn, QUEUE, limit=self.moments.randint(1, _BATCH), sweep=sweep)
        for job in tuple(self.held):
            try:
                self._work(conn, job)
            except LeaseLost:
                self._lost(job)
        if not self._all_at_once(conn):
            self._one_by_one(conn)

    def _work(self, conn: psycopg.Connection, job: ClaimedJob) -> None:
        match self.moments.choices(["", "beat", "save", "yield", "fail"], [80, 5, 5, 5, 5])[0]:
            case "beat":
                heartbeat(conn, job, Progress(done=1))
            case "save":
                checkpoint(conn, job, {"step": job.attempts}, done=job.attempts)
            case "yield":
                with conn.transaction():
                    checkpoint(conn, job, {"step": job.fence}, done=job.fence)
                    assert release(conn, job)
                self.held.remove(job)
            case "fail":
                error = AttemptError(attempt=job.attempts, message="By chance.")
                delay = timedelta(seconds=self.moments.choice([0, 0.2]))
                with conn.transaction():
                    retry(conn, job, error, delay=delay)
                self.held.remove(job)

    def _all_at_once(self, conn: psycopg.Connection) -> bool:
        with conn.transaction() as transaction:
            for job in self.held:
                conn.execute(_COUNT, [job.id, job.fence])
            if len(complete_many(conn, self.held)) < len(self.held):
                raise psycopg.Rollback(transaction)
        if transaction.status is psycopg.Transaction.Status.COMMITTED:
            self.held = []
        return self.held == []

    def _one_by_one(self, conn: psycopg.Connection) -> None:
        for job in tuple(self.held):
            try:
                with conn.transaction():
                    conn.execute(_COUNT, [job.id, job.fence])
                    complete(conn, job)
                self.held.remove(job)
            except LeaseLost:
                self._lost(job)

    def _lost(self, job: ClaimedJob) -> None:
        print("lost", job.id, job.fence, flush=True)
        self.held.remove(job)


if __name__ == "__main__":
    worker = Worker(sys.argv[1], random.Random(int(sys.argv[2])))
    signal.signal(signal.SIGTERM, worker.stop)
    worker.run()
