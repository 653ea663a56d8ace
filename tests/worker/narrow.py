"""A worker that allows its jobs little, and jobs that take more."""

from __future__ import annotations

import uuid

import psutil
import psycopg

from shared.queue.enqueue import enqueue
from tests.worker.handlers import overreach
from tests.worker.process import WorkerProcess
from tests.worker.signs import Signs

LIMITS = {
    "WORKER_JOB_MEMORY_MIB": "700",
    "WORKER_JOB_CPU_SECONDS": "2",
    "WORKER_JOB_FILE_MIB": "8",
    "WORKER_JOB_TASKS": "40",
}


def put_overreach(
    conn: psycopg.Connection, signs: Signs, how: str, *, max_attempts: int = 1
) -> int:
    """Enqueue a job that does one of the things that `overreach` knows."""
    payload = overreach.Payload(prefix=f"farm/{uuid.uuid4()}", signs=signs.folder, how=how)
    return enqueue(conn, payload, tenant="farm", max_attempts=max_attempts)


def told_pids(signs: Signs) -> list[int]:
    """Process ids that jobs have told."""
    return [int(line) for line in (signs.folder / "pids").read_text().split()]


def are_gone(pids: list[int]) -> bool:
    """Tell whether none of the processes runs any more."""
    return not any(_runs(pid) for pid in pids)


def children(worker: WorkerProcess) -> list[psutil.Process]:
    """Processes of jobs, and of those that rest between two."""
    found = [child for server in worker.server().children() for child in server.children()]
    return [child for child in found if _runs(child.pid)]


def _runs(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
