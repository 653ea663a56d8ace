"""Our queue by its bare verbs: filled, and worked off by claim and complete alone."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

import psycopg

from benchmarks.queue.handlers.noop import Payload
from shared.queue.claim import ClaimedJob, claim
from shared.queue.complete import complete_many
from shared.queue.enqueue_many import NewJob, enqueue_many

QUEUE = Payload.queue
_LOAD_BATCH = 50_000
_SWEEP_SECONDS = 1.0
_SWEEP_SHARE = 20
"""As in the worker's upkeep: sweeping takes at most one part in so many of the time."""

Effect = Callable[[psycopg.Connection, list[ClaimedJob]], None]


@contextmanager
def connected(url: str) -> Iterator[psycopg.Connection]:
    """Open a connection of one's own, on which nothing has been planned yet."""
    with psycopg.connect(url, autocommit=True) as conn:
        yield conn


def jobs_of(tenant: str, many: int) -> list[NewJob]:
    """Return no-op jobs to be enqueued."""
    return [NewJob(Payload(n=n), tenant=tenant) for n in range(many)]


def load(url: str, many: int, *, tenant: str = "tenant") -> None:
    """Enqueue so many, a transaction per piece."""
    with connected(url) as conn:
        while many > 0:
            piece = min(many, _LOAD_BATCH)
            with conn.transaction():
                enqueue_many(conn, jobs_of(tenant, piece))
            many -= piece


@dataclass(frozen=True, slots=True)
class WorkedOff:
    """How many jobs were claimed and completed, and in what time."""

    jobs: int
    seconds: float

    @property
    def rate(self) -> float:
        """Return jobs per second."""
        return self.jobs / self.seconds


def work_off(
    conn: psycopg.Connection, *, batch: int, jobs: int | None = None, effect: Effect | None = None
) -> WorkedOff:
    """Claim and complete by batches, until so many are done or none is left.

    A batch is claimed in one transaction; `effect` and completion are another. Sweeps below the
    low-water mark about each second, as every worker must.
    """
    claimed = partial(claim, conn, QUEUE)
    done, began = 0, time.perf_counter()
    sweep_at = began + _SWEEP_SECONDS
    while jobs is None or done < jobs:
        at = time.perf_counter()
        sweep = at >= sweep_at
        found = claimed(limit=batch if jobs is None else min(batch, jobs - done), sweep=sweep)
        if sweep:
            now = time.perf_counter()
            sweep_at = now + max(_SWEEP_SECONDS, _SWEEP_SHARE * (now - at))
        if not found:
            break
        with conn.transaction():
            if effect is not None:
                effect(conn, found)
            complete_many(conn, found)
        done += len(found)
    return WorkedOff(done, time.perf_counter() - began)
