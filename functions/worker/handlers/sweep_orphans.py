"""Objects that nothing refers to are deleted: what a crash at the wrong moment has left behind.

The child walks over the bucket; at each checkpoint the parent looks up, in the transaction that
keeps how far the walk has come, what of that stretch is an orphan, and enqueues its deletion. So a
large bucket takes as many turns and drains as it needs, and what was found is never forgotten.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from psycopg import Connection
from pydantic import BaseModel

from functions.worker.job import Job
from functions.worker.orphans.found import Found
from functions.worker.orphans.judge import orphans
from functions.worker.orphans.walk import walk
from functions.worker.regularly import MAINTENANCE, Regularly
from functions.worker.result import Result
from functions.worker.turn import Turn
from shared.jobs.delete_objects import DeleteObjects
from shared.jobs.sweep_orphans import SweepOrphans
from shared.queue.enqueue import enqueue

__all__ = ["SCHEDULE", "Checkpoint", "Payload", "Result", "advance", "run", "save"]

Payload = SweepOrphans
SCHEDULE = Regularly("maintain-orphans", "47 3 * * *", Payload())

_YOUNG = timedelta(hours=24)
"""An object may be there this long before the row that refers to it."""


class Checkpoint(BaseModel):
    """How far the walk has come, and what the last stretch of it has found."""

    last: str = ""
    objects: int = 0
    found: list[Found] = []


def run(_payload: SweepOrphans, job: Job) -> Result:
    """In the child: no database."""
    done, turn = job.resume(Checkpoint), Turn()
    created_before = datetime.now(UTC) - _YOUNG
    for stretch in walk(job.store, after=done.last, created_before=created_before):
        done = Checkpoint(
            last=stretch.last, objects=done.objects + stretch.objects, found=stretch.found
        )
        job.checkpoint(done, done=done.objects)
        job.progress("looking for orphans", done.objects)
        turn.give_way()
    return Result()


def advance(conn: Connection, _payload: SweepOrphans, checkpoint: Checkpoint) -> None:
    """In the parent, in the transaction that keeps the checkpoint."""
    for order in DeleteObjects.of(orphans(conn, checkpoint.found)):
        enqueue(conn, order, tenant=MAINTENANCE)


def save(conn: Connection, payload: SweepOrphans, result: Result) -> None:
    """Write nothing: all was written at the checkpoints."""
