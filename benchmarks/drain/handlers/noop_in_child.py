"""A job kind that does nothing, in a child process."""

from __future__ import annotations

from typing import ClassVar

from psycopg import Connection

from functions.worker.job import Job
from functions.worker.result import Result
from shared.queue.payload import Payload as AnyPayload

__all__ = ["Payload", "Result", "run", "save"]


class Payload(AnyPayload):
    """Says nothing."""

    queue: ClassVar[str] = "noop_in_child"


def run(payload: Payload, job: Job) -> Result:  # noqa: ARG001 - what the worker passes
    """Return at once."""
    return Result()


def save(conn: Connection, payload: Payload, result: Result) -> None:
    """Save nothing."""
