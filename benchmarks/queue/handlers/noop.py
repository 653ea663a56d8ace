"""A job kind that does nothing but say that it was there."""

from __future__ import annotations

from typing import ClassVar

from psycopg import Connection

from benchmarks.queue.arrived import ARRIVED
from shared.queue.payload import Payload as AnyPayload


class Payload(AnyPayload):
    """`n` is there to be read."""

    queue: ClassVar[str] = "noop"
    n: int


def work(conn: Connection, payload: Payload) -> None:  # noqa: ARG001 - what the worker passes
    """Count it."""
    ARRIVED.arrive()
