"""Handlers are found by file name: `handlers/<queue>.py` works on that queue's jobs."""

from __future__ import annotations

import importlib
import pkgutil
from functools import lru_cache
from types import ModuleType
from typing import Protocol, cast

from psycopg import Connection
from pydantic import BaseModel

from functions.worker import handlers
from functions.worker.job import Job
from functions.worker.regularly import Regularly
from functions.worker.result import Result as AnyResult
from shared.errors import SluiceError
from shared.queue.claim import ClaimedJob
from shared.queue.payload import Payload as AnyPayload


class Handler(Protocol):
    """What the module of a kind that works in a child process holds."""

    Payload: type[AnyPayload]
    Result: type[AnyResult]

    @staticmethod
    def run(payload: AnyPayload, job: Job) -> AnyResult:
        """Do the work, in a child process without a database."""

    @staticmethod
    def save(conn: Connection, payload: AnyPayload, result: AnyResult) -> None:
        """Write business rows, in the transaction that completes the job."""


class AdvancingHandler(Handler, Protocol):
    """What the module of a kind holds that also writes business rows before it is done."""

    Checkpoint: type[BaseModel]

    @staticmethod
    def advance(conn: Connection, payload: AnyPayload, checkpoint: BaseModel) -> None:
        """Write business rows, in the transaction that keeps the checkpoint."""


class RefreshedHandler(Handler, Protocol):
    """What the module of a kind holds whose work orders have to be brought up to date."""

    @staticmethod
    def refresh(conn: Connection, payload: AnyPayload, job: ClaimedJob) -> AnyPayload:
        """Return the payload as the attempt that is about to begin is to get it."""


class SqlHandler(Protocol):
    """What the module of a kind that is SQL and nothing else holds; it needs no child process."""

    Payload: type[AnyPayload]

    @staticmethod
    def work(conn: Connection, payload: AnyPayload) -> None:
        """Do the work, in the transaction that completes the job, perhaps together with others."""


class BrokenHandler(SluiceError):
    """A file in `handlers/` is not a handler; the text says what it lacks."""


def queues() -> list[str]:
    """Return the queues that there are handlers for, without importing any."""
    return sorted(module.name for module in pkgutil.iter_modules(handlers.__path__))


def handler(queue: str) -> Handler:
    """Import the handler of a queue whose jobs run in a child. Raises BrokenHandler."""
    return cast("Handler", _checked(queue, "Payload", "Result", "run", "save"))


def advancing_handler(queue: str) -> AdvancingHandler | None:
    """Return the queue's handler if it writes at checkpoints too. Raises BrokenHandler."""
    if not hasattr(_module(queue), "advance"):
        return None
    return cast("AdvancingHandler", _checked(queue, "Payload", "Result", "Checkpoint", "save"))


def refreshed_handler(queue: str) -> RefreshedHandler | None:
    """Return the queue's handler if it has a say before each attempt. Raises BrokenHandler."""
    if not hasattr(_module(queue), "refresh"):
        return None
    return cast("RefreshedHandler", handler(queue))


def sql_handler(queue: str) -> SqlHandler:
    """Import the handler of a queue whose jobs are SQL. Raises BrokenHandler."""
    return cast("SqlHandler", _checked(queue, "Payload", "work"))


def is_sql(queue: str) -> bool:
    """Say whether a queue's handler has `work` instead of `run` and `save`."""
    return hasattr(_module(queue), "work")


def version(queue: str) -> int:
    """Return the newest version of the payload that the queue's handler understands."""
    found = sql_handler(queue) if is_sql(queue) else handler(queue)
    return found.Payload.version


def preload(queue: str) -> tuple[str, ...]:
    """Return the modules that every child of this queue needs: its handler's PRELOAD, if any."""
    names: tuple[str, ...] = getattr(_module(queue), "PRELOAD", ())
    return names


def variables(queue: str) -> frozenset[str]:
    """Return the environment variables that jobs of this queue need: its handler's VARIABLES."""
    names: frozenset[str] = getattr(_module(queue), "VARIABLES", frozenset())
    return names


def can_resume(queue: str) -> bool:
    """Say whether jobs of this queue checkpoint, so that any time is long enough to get on."""
    return hasattr(_module(queue), "Checkpoint")


def works_alone(queue: str, cost: float) -> bool:
    """Say whether a job of this cost is too big to share its instance with others.

    It is from the handler's ALONE_FROM_COST on, if there is one.
    """
    return cost >= float(getattr(_module(queue), "ALONE_FROM_COST", "inf"))


def schedule_of(queue: str) -> Regularly | None:
    """Return when jobs of this queue are enqueued by the clock, None if they are not."""
    schedule: Regularly | None = getattr(_module(queue), "SCHEDULE", None)
    return schedule


def _module(queue: str) -> ModuleType:
    return importlib.import_module(f"{handlers.__name__}.{queue}")


@lru_cache
def _checked(queue: str, *names: str) -> ModuleType:
    module = _module(queue)
    missing = [name for name in names if not hasattr(module, name)]
    if missing:
        raise BrokenHandler(f"{module.__name__} has no {' and no '.join(missing)}.")
    if module.Payload.queue != queue:
        raise BrokenHandler(f"{module.__name__} has the payload of {module.Payload.queue!r}.")
    return module
