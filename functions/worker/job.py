"""What a handler sees of its job while it runs in the child process."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from functions.worker.children.messages import Advanced, Checkpointed
from shared.queue.progress import Progress
from shared.storage import Store

C = TypeVar("C", bound=BaseModel)

_PROGRESS_EVERY_SECONDS = 0.2


class Yielded(BaseException):
    """The drain asked this job to stop; what was checkpointed is kept.

    A BaseException, so that a handler's `except Exception` cannot swallow it.
    """


class Job:
    """One attempt at one job: its checkpoint, its progress, its bucket, its temporary folder."""

    def __init__(
        self,
        *,
        job_id: int,
        fence: int,
        prefix: str,
        checkpoint: object,
        store: Store,
        folder: Path,
        send: Callable[[Advanced | Checkpointed], None],
        stop_requested: Callable[[], bool],
        stop_at_once: Callable[[], bool] | None = None,
    ) -> None:
        self.id = job_id
        self.fence = fence
        self.store = store
        self.folder = folder
        self._prefix = prefix
        self._checkpoint = checkpoint
        self._send = send
        self._stop_requested = stop_requested
        self._stop_at_once = stop_at_once or stop_requested
        self._last_progress = float("-inf")

    def key(self, name: str) -> str:
        """Return the name for an object of this attempt.

        It carries the fence, so that no other attempt can write the same one, and the job's id,
        so that what none of them made visible can be found and swept.
        """
        return f"{own_objects(self._prefix, self.id)}{self.fence}_clean/{name}"

    def resume(self, model: type[C]) -> C:
        """Return the last checkpoint, or `model()` when there is none yet."""
        return model() if self._checkpoint is None else model.model_validate(self._checkpoint)

    def stopping(self) -> bool:
        """Say whether it was asked to stop, for a handler that waits for others meanwhile."""
        return self._stop_requested()

    def cancelled(self) -> bool:
        """Say whether nobody wants it any more, for a handler that resumes from checkpoints."""
        return self._stop_at_once()

    def keep(self, state: BaseModel, *, done: int) -> None:
        """Keep `state`, so that the next attempt resumes here.

        `done` only grows as work is done: a release that advanced it refunds the attempt.
        """
        self._send(Checkpointed(state=state.model_dump(mode="json"), done=done))

    def checkpoint(self, state: BaseModel, *, done: int) -> None:
        """Keep `state` at a place where work can end; raises Yielded when asked to stop."""
        self.keep(state, done=done)
        if self._stop_requested():
            raise Yielded

    def progress(self, phase: str, done: int = 0, total: int | None = None) -> None:
        """Publish progress in units of the handler's choice (rows, records); cheap to call often.

        Raises Yielded when nobody wants the job any more and, in a handler without checkpoints,
        when asked to stop. One with checkpoints goes on to the next, so that no work is lost.
        """
        now = time.monotonic()
        # Once it is to stop, the last one tells how far it really came.
        if self._stop_requested() or now - self._last_progress >= _PROGRESS_EVERY_SECONDS:
            self._last_progress = now
            self._send(Advanced(progress=Progress(phase=phase, done=done, total=total)))
        if self._stop_at_once():
            raise Yielded


def own_objects(prefix: str, job_id: int) -> str:
    """Return what the names of all objects written by a job begin with."""
    return f"{prefix}/{job_id}-"
