"""Counts sheep one by one, each with an object and a checkpoint."""

from __future__ import annotations

import time
from pathlib import Path
from typing import ClassVar

from psycopg import Connection
from pydantic import BaseModel

from functions.worker.job import Job
from functions.worker.result import Result as AnyResult
from shared.queue.payload import Payload as AnyPayload


class Payload(AnyPayload):
    """`signs` is a folder in which a test and the job leave files for each other."""

    queue: ClassVar[str] = "count_sheep"

    name: str
    signs: Path
    sheep: int = 3
    gate: int | None = None
    """Before this sheep the job leaves `reached` and waits for `open`."""


ALONE_FROM_COST = 100.0


class Checkpoint(BaseModel):
    counted: int = 0
    objects: tuple[str, ...] = ()


class Result(AnyResult):
    counted: int


def run(payload: Payload, job: Job) -> Result:
    done = job.resume(Checkpoint)
    for number in range(done.counted, payload.sheep):
        if number == payload.gate:
            _wait_at_the_gate(payload.signs, job)
        with (payload.signs / "counted").open("a") as counted:
            counted.write(f"{number}\n")
        key = job.key(f"{number}")
        job.store.create(key, b"a sheep")
        done = Checkpoint(counted=number + 1, objects=(*done.objects, key))
        job.checkpoint(done, done=done.counted)
    (job.folder / "scratch").write_text("in the temporary folder")
    job.store.create(job.key("draft"), b"that nobody will ever refer to")
    return Result(counted=done.counted, objects=done.objects)


def save(conn: Connection, payload: Payload, result: Result) -> None:
    note = f"{result.counted} sheep"
    conn.execute("insert into public.ledger (name, note) values (%s, %s)", [payload.name, note])


def _wait_at_the_gate(signs: Path, job: Job) -> None:
    (signs / "reached").touch()
    while not (signs / "open").exists():
        job.progress("waiting at the gate")
        time.sleep(0.01)
