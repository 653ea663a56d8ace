"""Takes many jobs through one worker, a step at a time."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

import psycopg

from benchmarks.drain.house import Worker
from benchmarks.soak.claims import Claim, Noted
from benchmarks.soak.handlers import tally, tread
from benchmarks.soak.memory import Held, sampled
from shared.queue.enqueue_many import NewJob, enqueue_many

IN_A_CHILD = 10
"""One job in so many needs a child process; the others are SQL."""
_TENANTS = 7


@dataclass(frozen=True, slots=True)
class Step:
    """What was seen while so many jobs were enqueued and drained."""

    jobs: int
    seconds: float
    claims: list[Claim]
    memory: list[Held]


class Walk:
    """Knows the worker and the next job's number."""

    def __init__(self, worker: Worker, conn: psycopg.Connection, noted: Noted) -> None:
        self._worker = worker
        self._conn = conn
        self._noted = noted
        self._numbers = count()

    def steps(self, jobs: int, *, steps: int, until: float) -> Iterator[Step]:
        """Make so many steps with `jobs` together, as long as the monotonic clock allows."""
        for _ in range(steps):
            if time.monotonic() > until:
                break
            yield self._step(jobs // steps)

    def check(self) -> int:
        """Return how many jobs there were. Raises when one was done twice or never."""
        jobs = next(self._numbers)
        row = self._conn.execute("select count(*), count(distinct n) from ledger").fetchone()
        if row != (jobs, jobs):
            raise RuntimeError(f"Of {jobs} jobs (written down, different): {row}")
        return jobs

    def _step(self, jobs: int) -> Step:
        with self._conn.transaction():
            enqueue_many(self._conn, [_job(next(self._numbers)) for _ in range(jobs)])
        began = time.perf_counter()
        with sampled(self._worker.pid) as memory:
            while self._worker.drain()["remaining"]:
                pass
        seconds = time.perf_counter() - began
        return Step(jobs, seconds, self._noted.since_last(), memory)


def _job(n: int) -> NewJob:
    payload = tally.Payload(n=n) if n % IN_A_CHILD else tread.Payload(n=n)
    return NewJob(payload, tenant=f"tenant-{n % _TENANTS}")
