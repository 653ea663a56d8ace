"""Handlers are found by file name: `handlers/<queue>.py` works on that queue's jobs."""

from __future__ import annotations

import importlib
import pkgutil
from functools import lru_cache
from typing import Protocol, cast

from psycopg import Connection

from functions.worker import handlers
from functions.worker.job import Job
from functions.worker.result import Result as AnyResult
from shared.errors import SluiceError
from shared.queue.payload import Payload as AnyPayload


class Handler(Protocol):
    """What a handler's module holds."""

    Payload: type[AnyPayload]
    Result: type[AnyResult]

    @staticmethod
    def run(payload: AnyPayload, job: Job) -> AnyResult:
        """Do the work, in a child process without a database."""

    @staticmethod
    def save(conn: Connection, payload: AnyPayload, result: AnyResult) -> None:
        """Write business rows, in the transaction that completes the job."""


class BrokenHandler(SluiceError):
    """A file in `handlers/` is not a handler; the text says what it lacks."""


def queues() -> list[str]:
    """Return the queues that there are handlers for, without importing any."""
    return sorted(module.name for module in pkgutil.iter_modules(handlers.__path__))


@lru_cache
def handler(queue: str) -> Handler:
    """Import a queue's handler. Raises BrokenHandler."""
    module = importlib.import_module(f"{handlers.__name__}.{queue}")
    missing = [name for name in ("Payload", "Result", "run", "save") if not hasattr(module, name)]
    if missing:
        raise BrokenHandler(f"{module.__name__} has no {' and no '.join(missing)}.")
    found = cast("Handler", module)
    if found.Payload.queue != queue:
        raise BrokenHandler(f"{module.__name__} has the payload of {found.Payload.queue!r}.")
    return found


def preload(queue: str) -> tuple[str, ...]:
    """Return the modules that every child of this queue needs: its handler's PRELOAD, if any."""
    names: tuple[str, ...] = getattr(handler(queue), "PRELOAD", ())
    return names
