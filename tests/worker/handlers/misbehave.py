"""Ends in one of the ways in which jobs go wrong."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar, Never

from psycopg import Connection

from functions.worker.job import Job
from functions.worker.result import Result as AnyResult
from shared.errors import RetryAfter, Unrecoverable
from shared.queue.payload import Payload as AnyPayload


class Payload(AnyPayload):
    """`how` names one of the functions below, or a way that `run` or `save` knows."""

    queue: ClassVar[str] = "misbehave"

    name: str
    signs: Path
    how: str


class Result(AnyResult):
    how: str


def run(payload: Payload, job: Job) -> AnyResult:
    way = _WAYS.get(payload.how)
    if way is not None:
        way(payload, job)
    return AnyResult() if payload.how == "return_something_else" else Result(how=payload.how)


def save(conn: Connection, payload: Payload, result: Result) -> None:
    conn.execute("insert into public.ledger (name, note) values (%s, 'saved')", [result.how])
    if payload.how == "save_raises":
        raise KeyError("a detail of our insides")
    if payload.how == "save_waits":
        _wait_for_open(payload)


def unrecoverable(payload: Payload, job: Job) -> Never:
    raise Unrecoverable("This sheep is a goat.")


def blame_the_file(payload: Payload, job: Job) -> Never:
    raise Unrecoverable("The file is damaged.") from ValueError("a detail of our insides")


def ask_for_a_minute(payload: Payload, job: Job) -> Never:
    raise RetryAfter(60, "The shepherd is asleep.")


def raise_value_error(payload: Payload, job: Job) -> Never:
    raise ValueError("a detail of our insides")


def leave(payload: Payload, job: Job) -> Never:
    os._exit(3)


def crash(payload: Payload, job: Job) -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def hear_nothing(payload: Payload, job: Job) -> Never:
    """Never look whether somebody wants it to stop."""
    job.store.create(job.key("half"), b"of what it was to become")
    (payload.signs / "reached").touch()
    while True:
        pass


def fail_when_open(payload: Payload, job: Job) -> Never:
    _wait_for_open(payload)
    raise ValueError("a detail of our insides")


def take_long(payload: Payload, job: Job) -> None:
    """Go on until it is let out, whoever asks it to stop."""
    _wait_for_open(payload)


_WAYS: dict[str, Callable[[Payload, Job], None]] = {
    way.__name__: way
    for way in (
        unrecoverable,
        blame_the_file,
        ask_for_a_minute,
        raise_value_error,
        leave,
        crash,
        hear_nothing,
        fail_when_open,
        take_long,
    )
}


def _wait_for_open(payload: Payload) -> None:
    (payload.signs / "reached").touch()
    while not (payload.signs / "open").exists():
        time.sleep(0.01)
