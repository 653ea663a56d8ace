"""Objects that nothing refers to any more are deleted.

It needs no references looked up: whoever wrote the work order had dropped the last one in the same
transaction, and names are used once, so that no later one can appear.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from psycopg import Connection
from pydantic import BaseModel

from functions.worker.job import Job
from functions.worker.result import Result
from functions.worker.turn import Turn
from shared.jobs.delete_objects import DeleteObjects
from shared.storage import Store

__all__ = ["Checkpoint", "Payload", "Result", "run", "save"]

Payload = DeleteObjects

_AT_ONCE = 50


class Checkpoint(BaseModel):
    """How many objects are gone, and how many of the work order's names are done with."""

    objects: int = 0
    names: int = 0


def run(payload: DeleteObjects, job: Job) -> Result:
    """In the child: no database. Deleting again what is gone is no error."""
    done, turn = job.resume(Checkpoint), Turn()
    keys = _keys(job.store, payload.names, skip=done.names)
    while batch := list(islice(keys, _AT_ONCE)):
        job.store.delete(*(key for _, key in batch))
        done = Checkpoint(objects=done.objects + len(batch), names=batch[-1][0])
        job.progress("deleting", done.names, len(payload.names))
        job.checkpoint(done, done=done.objects)
        turn.give_way()
    return Result()


def save(conn: Connection, payload: DeleteObjects, result: Result) -> None:
    """Write nothing: no row knows of these objects any more."""


def _keys(store: Store, names: tuple[str, ...], *, skip: int) -> Iterator[tuple[int, str]]:
    """Yield each object's key, and how many names are surely done with when it is gone."""
    for number, name in enumerate(names[skip:], start=skip):
        for key in store.keys(name) if name.endswith("/") else [name]:
            yield number, key
