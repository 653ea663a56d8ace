"""Jobs for the handlers of the tests, and what became of them."""

from __future__ import annotations

import uuid

import psycopg

from shared.queue.enqueue import enqueue
from shared.queue.find import KnownJob, find
from tests.worker.handlers import count_sheep, look_around, misbehave
from tests.worker.signs import Signs


def put_sheep(conn: psycopg.Connection, signs: Signs, *, sheep: int = 3, **options: object) -> int:
    """Enqueue a count; `gate` goes into its payload, other options to the queue."""
    gate = options.pop("gate", None)
    payload = count_sheep.Payload(
        prefix=f"farm/{uuid.uuid4()}",
        name=str(options.pop("name", "a count")),
        signs=signs.folder,
        sheep=sheep,
        gate=gate,
    )
    return enqueue(conn, payload, tenant="farm", **options)  # type: ignore[arg-type]


def put_trouble(conn: psycopg.Connection, signs: Signs, how: str, **options: object) -> int:
    """Enqueue a job that goes wrong in one of the ways of `misbehave`."""
    payload = misbehave.Payload(
        prefix=f"farm/{uuid.uuid4()}", name=how, signs=signs.folder, how=how
    )
    return enqueue(conn, payload, tenant="farm", **options)  # type: ignore[arg-type]


def put_look(conn: psycopg.Connection) -> int:
    """Enqueue a job that tells what it sees."""
    return enqueue(conn, look_around.Payload(prefix=f"farm/{uuid.uuid4()}"), tenant="farm")


def known(conn: psycopg.Connection, job_id: int) -> KnownJob:
    """Return the job, which must be there."""
    job = find(conn, job_id)
    assert job is not None
    return job


def prefix_of(conn: psycopg.Connection, job_id: int) -> str:
    """Return where the job's objects are; it may wait, run or have ended."""
    row = conn.execute(
        "select payload ->> 'prefix' from queue.job where id = %(id)s"
        " union all select payload ->> 'prefix' from queue.ended where id = %(id)s",
        {"id": job_id},
    ).fetchone()
    assert row is not None
    return f"{row[0]}/"


def ledger(conn: psycopg.Connection) -> list[tuple[str, str]]:
    """Return what was saved, in order; nothing in the table keeps doubles out."""
    rows = conn.execute("select name, note from public.ledger order by at").fetchall()
    return [(str(name), str(note)) for name, note in rows]


def sentences(job: KnownJob) -> list[str]:
    """Return what each failed attempt told the user."""
    return [str(error["message"]) for error in job.errors]
