"""What every peer's program is told and answers.

A program gets a Task as JSON in its first argument: an empty database of its own and how much to
do. It enqueues `jobs` no-op jobs in bulk; starts its worker, in its own process, and waits until
the database has all of them down as ended; and then, with the worker live and idle, enqueues
`pickups` jobs one at a time. Its last line on stdout is a Measured as JSON.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from importlib.metadata import version as version_of
from typing import Any

from pydantic import BaseModel

POLL_SECONDS = 0.005
"""Between two looks whether all jobs are down as ended; for every peer the same."""
PICKUP_PAUSE_SECONDS = 0.03


class Task(BaseModel):
    """What to do."""

    url: str
    jobs: int
    pickups: int


class Measured(BaseModel):
    """What came out; seconds, and milliseconds from the call that enqueues to the handler."""

    name: str
    version: str
    how: str
    """The configuration: batch sizes, concurrency."""
    enqueue_seconds: float
    drain_seconds: float
    pickup_ms: list[float]


def task() -> Task:
    """Return what the program was told."""
    return Task.model_validate_json(sys.argv[1])


@dataclass
class Arrivals:
    """Counts what reaches the handler of an asyncio worker."""

    wanted: int
    count: int = 0
    all_there: asyncio.Event = field(default_factory=asyncio.Event)
    latest: asyncio.Event = field(default_factory=asyncio.Event)
    latest_at: float = 0.0

    def arrive(self) -> None:
        """Count one job; all that a handler does."""
        self.count += 1
        if self.count >= self.wanted:
            self.latest_at = time.perf_counter()
            self.all_there.set()
            self.latest.set()


@dataclass
class AsyncRun:
    """Takes the times of a peer with an asyncio worker."""

    task: Task
    arrivals: Arrivals
    working: asyncio.Task[Any] | None = None

    async def work(self, worker: Coroutine[Any, Any, object]) -> None:
        """Let a worker that runs until it is stopped run beside."""
        self.working = asyncio.create_task(worker)

    async def enqueue(self, enqueue_all: Callable[[], Awaitable[object]]) -> None:
        """Time the bulk enqueue."""
        began = time.perf_counter()
        await enqueue_all()
        self.enqueue_seconds = time.perf_counter() - began

    async def drain(
        self,
        start: Callable[[], Awaitable[object]],
        all_ended: Callable[[], Awaitable[bool]],
    ) -> None:
        """Time from the start of the worker until all jobs are down as ended."""
        began = time.perf_counter()
        await start()
        await self.arrivals.all_there.wait()
        while not await all_ended():
            await asyncio.sleep(POLL_SECONDS)
        self.drain_seconds = time.perf_counter() - began
        if self.arrivals.count != self.task.jobs:
            raise RuntimeError(f"{self.arrivals.count} handlers ran for {self.task.jobs} jobs")

    async def pick_up(self, enqueue_one: Callable[[], Awaitable[object]]) -> None:
        """Time single jobs, each sent when the one before has arrived."""
        self.pickup_ms: list[float] = []
        for _ in range(self.task.pickups):
            self.arrivals.latest.clear()
            sent = time.perf_counter()
            await enqueue_one()
            await self.arrivals.latest.wait()
            self.pickup_ms.append((self.arrivals.latest_at - sent) * 1000)
            await asyncio.sleep(PICKUP_PAUSE_SECONDS)

    def print(self, package: str, *, name: str, how: str) -> None:
        """Answer."""
        measured = Measured(
            name=name,
            version=version_of(package),
            how=how,
            enqueue_seconds=self.enqueue_seconds,
            drain_seconds=self.drain_seconds,
            pickup_ms=self.pickup_ms,
        )
        sys.stdout.write(measured.model_dump_json() + "\n")


def async_run() -> AsyncRun:
    """Return the clocks for what the program was told."""
    told = task()
    return AsyncRun(told, Arrivals(told.jobs))
