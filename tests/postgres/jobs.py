"""Jobs for the queue's tests."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

import psycopg

from shared.queue.attempt_error import AttemptError
from shared.queue.claim import ClaimedJob, claim
from shared.queue.enqueue import enqueue
from shared.queue.payload import Payload
from shared.queue.retry import retry

QUEUE = "count_sheep"
MINUTE = timedelta(minutes=1)
ERROR = AttemptError(attempt=1, message="The sheep ran away.")


class CountSheep(Payload):
    """A job that needs nothing."""

    queue: ClassVar[str] = QUEUE
    prefix: str = "sheep"
    sheep: int = 0


def put(conn: psycopg.Connection, **options: object) -> int:
    """Enqueue a job of tenant `farm`."""
    return enqueue(conn, CountSheep(), tenant="farm", **options)  # type: ignore[arg-type]


def take(conn: psycopg.Connection, *, expired: bool = False) -> ClaimedJob:
    """Claim the one job that must be there; `expired`: its lease is over at once."""
    (job,) = claim(conn, QUEUE)
    if expired:
        conn.execute("update queue.lease set expires_at = '-infinity' where job_id = %s", [job.id])
    return job


class ShearSheep(CountSheep):
    """A job that follows others."""

    queue: ClassVar[str] = "shear_sheep"


def retry_now(conn: psycopg.Connection, job: ClaimedJob, error: AttemptError) -> None:
    """Hand a failed job back without a delay."""
    retry(conn, job, error, delay=timedelta(0))
