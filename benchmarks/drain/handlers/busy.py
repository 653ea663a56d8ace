"""A job kind that is busy for a while, and may be deaf to whoever asks it to stop."""

from __future__ import annotations

import time
from typing import ClassVar

from psycopg import Connection
from pydantic import BaseModel

from functions.worker.job import Job
from functions.worker.result import Result
from shared.queue.payload import Payload as AnyPayload

__all__ = ["Checkpoint", "Payload", "Result", "run", "save"]

_STEP_SECONDS = 0.01


class Payload(AnyPayload):
    """So many seconds of work."""

    queue: ClassVar[str] = "busy"
    seconds: float
    deaf: bool = False


class Checkpoint(BaseModel):
    """Steps that are done."""

    steps: int = 0


def run(payload: Payload, job: Job) -> Result:
    """Step by step, with a checkpoint after each."""
    if payload.deaf:
        time.sleep(payload.seconds)
        return Result()
    done = job.resume(Checkpoint).steps
    while done * _STEP_SECONDS < payload.seconds:
        time.sleep(_STEP_SECONDS)
        done += 1
        job.checkpoint(Checkpoint(steps=done), done=done)
    return Result()


def save(conn: Connection, payload: Payload, result: Result) -> None:
    """Save nothing."""
