"""One attempt at one claimed job: from its child's start to the end of its lease."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass

import psycopg

from functions.worker.ending import Ending, Outcome
from functions.worker.failure import failure_of
from functions.worker.messages import Advanced, Checkpointed, Failed, Finished, LastMessage, Stopped
from functions.worker.nursery import nursery
from functions.worker.registry import advancing_handler, handler
from functions.worker.sandbox import Sandbox
from functions.worker.settings import WorkerSettings
from functions.worker.tracing import traced
from shared.db import transaction
from shared.errors import CancelRequested, LeaseLost
from shared.queue.checkpoint import checkpoint
from shared.queue.claim import ClaimedJob
from shared.queue.complete import complete
from shared.queue.heartbeat import heartbeat
from shared.queue.progress import Progress

_LOG = logging.getLogger("sluice.worker")

_HEARTBEAT_SECONDS = 1.0
"""Also how long progress and a cancel take to get through; far below any lease."""
_GRACE_SECONDS = 5.0
"""What a child that was asked to stop gets before it is killed."""


@traced
def attempt(settings: WorkerSettings, job: ClaimedJob, *, deadline: float) -> Outcome:
    """Work on the job until it ends or `deadline` (monotonic seconds) comes; say how it ended."""
    run = _Attempt(settings, job)
    try:
        with nursery(settings).sandbox(job) as sandbox:
            last = run.follow(sandbox, deadline)
        return run.end(last)
    except LeaseLost as lost:
        _LOG.warning("%s", lost)
        return "lost"


@dataclass
class _Attempt:
    settings: WorkerSettings
    job: ClaimedJob
    progress: Progress | None = None
    cancelled: bool = False

    def follow(self, sandbox: Sandbox, deadline: float) -> LastMessage:
        """Relay progress and checkpoints until the child's last message, or its time is up."""
        next_beat, until, asked = time.monotonic(), deadline, False
        while (now := time.monotonic()) < until or not asked:
            if now >= next_beat:
                self._beat()
                next_beat = now + _HEARTBEAT_SECONDS
            if not asked and (self.cancelled or now >= until):
                sandbox.ask_to_stop()
                until, asked = now + _GRACE_SECONDS, True
            message = sandbox.receive(min(next_beat, until) - now)
            match message:
                case Advanced():
                    self.progress = message.progress
                case Checkpointed():
                    if failed := self._checkpoint(message):
                        return failed
                case Finished() | Stopped() | Failed():
                    return message
        return Stopped()

    def end(self, last: LastMessage) -> Outcome:
        """Give up the lease in the way that the child's last message asks for."""
        ending = Ending(self.settings, self.job)
        if self.cancelled:
            return ending.abandon()
        try:
            match last:
                case Finished():
                    return self._complete(ending, last)
                case Failed():
                    return ending.fail(last)
                case Stopped():
                    return ending.release()
        except CancelRequested:  # after the last heartbeat
            return ending.abandon()

    def _beat(self) -> None:
        progress = self.progress or Progress()
        try:
            with transaction(self.settings.database) as conn:
                self.cancelled |= heartbeat(conn, self.job, progress)
        except psycopg.OperationalError:
            # The lease lasts for many beats, and the fence tells when it is truly gone.
            _LOG.warning("A heartbeat of job %s did not get through", self.job.id, exc_info=True)

    def _checkpoint(self, message: Checkpointed) -> Failed | None:
        work = advancing_handler(self.job.queue)
        try:
            with transaction(self.settings.database) as conn:
                checkpoint(conn, self.job, message.state, done=message.done)
                if work is not None:
                    payload = work.Payload.model_validate(self.job.payload)
                    work.advance(conn, payload, work.Checkpoint.model_validate(message.state))
        except (LeaseLost, psycopg.OperationalError):
            raise
        except Exception as error:  # noqa: BLE001 - a handler's own fault costs its job an attempt
            return failure_of(error, "What was done so far could not be saved")
        return None

    def _complete(self, ending: Ending, last: Finished) -> Outcome:
        work = handler(self.job.queue)
        try:
            payload = work.Payload.model_validate(self.job.payload)
            result = work.Result.model_validate(last.result)
            with transaction(self.settings.database) as conn:
                work.save(conn, payload, result)
                complete(conn, self.job)
        except (CancelRequested, LeaseLost, psycopg.OperationalError):
            raise
        except Exception as error:  # noqa: BLE001 - a handler's own fault costs its job an attempt
            return ending.fail(failure_of(error, "The result could not be saved"))
        ending.sweep(keep=result.objects)
        return "completed"
