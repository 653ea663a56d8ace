"""Children for a drain's jobs: forked where they must be, used again where that is safe."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from types import TracebackType
from typing import Self

from functions.worker import handlers
from functions.worker.children.forking import Forked, ForkServer
from functions.worker.children.limits import Limits
from functions.worker.children.sandbox import Sandbox
from functions.worker.registry import is_sql, preload, queues
from functions.worker.settings import WorkerSettings
from shared.queue.claim import ClaimedJob

_MOST_IDLE = 8


def nursery(settings: WorkerSettings) -> Nursery:
    """Return the only one of this process; a drain opens it for as long as it works."""
    limits = Limits(
        memory_mib=settings.worker_job_memory_mib,
        cpu_seconds=settings.worker_job_cpu_seconds,
        file_mib=settings.worker_job_file_mib,
        tasks=settings.worker_job_tasks,
    )
    return _nursery(settings.storage_bucket, limits)


class Nursery:
    """Lends children to jobs; at the end of the block all that are idle end."""

    def __init__(self, bucket: str, limits: Limits) -> None:
        self._bucket = bucket
        self._limits = limits
        self._server = ForkServer(limits, _modules())
        self._idle: list[tuple[str, Forked]] = []
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        """Let the heavy imports begin, in a process of their own; returns at once."""
        if not all(is_sql(queue) for queue in queues()):
            self._server.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the idle ones."""
        while self._idle:
            self._idle.pop()[1].end()

    @contextmanager
    def sandbox(self, job: ClaimedJob) -> Iterator[Sandbox]:
        """Run the job in a child of its own for the length of the block."""
        child = self._take(job.queue) or self._server.fork()
        sandbox = Sandbox(child, job, bucket=self._bucket, limits=self._limits)
        try:
            yield sandbox
        finally:
            if (rested := sandbox.leave()) is not None:
                self._put_back(job.queue, rested)

    def _take(self, queue: str) -> Forked | None:
        """Return an idle child that has worked for this queue alone."""
        with self._lock:
            for place, (its_queue, child) in enumerate(self._idle):
                if its_queue == queue:
                    del self._idle[place]
                    child.renew()
                    return child
        return None

    def _put_back(self, queue: str, child: Forked) -> None:
        with self._lock:
            self._idle.append((queue, child))
            surplus = self._idle.pop(0)[1] if len(self._idle) > _MOST_IDLE else None
        if surplus is not None:
            surplus.end()


@lru_cache
def _nursery(bucket: str, limits: Limits) -> Nursery:
    return Nursery(bucket, limits)


def _modules() -> list[str]:
    """Return what every child needs: forked, it need not import it."""
    in_children = [queue for queue in queues() if not is_sql(queue)]
    named = [name for queue in in_children for name in preload(queue)]
    kinds = [f"{handlers.__name__}.{queue}" for queue in in_children]
    return ["google.cloud.storage", *kinds, *named]
