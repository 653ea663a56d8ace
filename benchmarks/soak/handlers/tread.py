"""A small job in a child process: some steps with checkpoints, and one row when it is done."""

from __future__ import annotations

from typing import ClassVar

from psycopg import Connection
from pydantic import BaseModel

from functions.worker.job import Job
from functions.worker.result import Result
from shared.queue.payload import Payload as AnyPayload

__all__ = ["Checkpoint", "Payload", "Result", "run", "save"]

_STEPS = 2


class Payload(AnyPayload):
    """`n` is what its row says."""

    queue: ClassVar[str] = "tread"
    n: int


class Checkpoint(BaseModel):
    """Steps that are done."""

    steps: int = 0


def run(payload: Payload, job: Job) -> Result:  # noqa: ARG001 - what the worker passes
    """Step by step, with a checkpoint after each."""
    for step in range(job.resume(Checkpoint).steps, _STEPS):
        job.progress("treading", step, _STEPS)
        job.checkpoint(Checkpoint(steps=step + 1), done=step + 1)
    return Result()


def save(conn: Connection, payload: Payload, result: Result) -> None:  # noqa: ARG001 - the same
    """Write its row."""
    conn.execute("insert into public.ledger (n) values (%s)", [payload.n])
