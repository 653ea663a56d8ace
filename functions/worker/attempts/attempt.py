"""One attempt at one claimed job: from its child's start to the end of its lease."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, field

import psycopg

from functions.worker.attempts.covered import Covered
from functions.worker.attempts.ending import Ending, Outcome
from functions.worker.attempts.refresh import refreshed
from functions.worker.attempts.tracing import traced
from functions.worker.budget import budget
from functions.worker.children.failure import failure_of
from functions.worker.children.messages import (
    Advanced,
    Checkpointed,
    Failed,
    Finished,
    LastMessage,
    Stopped,
)
from functions.worker.children.nursery import nursery
from functions.worker.children.sandbox import Sandbox
from functions.worker.deadline import Deadline
from functions.worker.registry import advancing_handler, can_resume, handler
from functions.worker.settings import WorkerSettings
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
_GRACE_SECONDS = {"cancelled": 5.0, "stopping": 3.0, "budget": 0.9}
"""What a child that was asked to stop, for this reason, gets before it is killed."""
WHOLE_DRAIN = 0.8
"""A job that had this share of a drain had as good as all of it."""


@traced
def attempt(settings: WorkerSettings, job: ClaimedJob, *, deadline: Deadline) -> Outcome:
    """Work on the job until it ends or the deadline comes; say how it ended."""
    run = _Attempt(settings, job, deadline, had=deadline.left())
    try:
        with nursery(settings).sandbox(refreshed(settings, job)) as sandbox:
            last = run.follow(sandbox)
        _LOG.info("Job %s: %s", job.id, run.covered)
        return run.end(last)
    except LeaseLost as lost:
        _LOG.warning("%s", lost)
        return "lost"


@dataclass
class _Attempt:
    settings: WorkerSettings
    job: ClaimedJob
    deadline: Deadline
    had: float
    """Seconds that were left when it began."""
    progress: Progress | None = None
    cancelled: bool = False
    covered: Covered = field(default_factory=Covered)

    def follow(self, sandbox: Sandbox) -> LastMessage:
        """Relay progress and checkpoints until the child's last message, or its time is up."""
        next_beat, until, asked = time.monotonic(), float("inf"), False
        while (now := time.monotonic()) < until:
            if now >= next_beat:
                self._beat()
                next_beat = now + _HEARTBEAT_SECONDS
            left = self.deadline.left()
            if not asked and (self.cancelled or left == 0):
                sandbox.ask_to_stop(at_once=self.cancelled)
                until, asked = now + _GRACE_SECONDS[self._why_stopped()], True
            waits_for = min(next_beat, until) if asked else min(next_beat, now + left)
            message = sandbox.receive(waits_for - now)
            match message:
                case Advanced():
                    self.progress = message.progress
                    self.covered.note(message.progress)
                case Checkpointed():
                    if failed := self._checkpoint(message):
                        return failed
                case Finished() | Stopped() | Failed():
                    return message
        return Stopped()

    def _why_stopped(self) -> str:
        if self.cancelled:
            return "cancelled"
        return "stopping" if self.deadline.stopping else "budget"

    def end(self, last: LastMessage) -> Outcome:
        """Give up the lease in the way that the child's last message asks for."""
        ending = Ending(self.settings, self.job, self.deadline)
        if self.cancelled:
            return ending.abandon()
        try:
            match last:
                case Finished():
                    return self._complete(ending, last)
                case Failed():
                    return ending.fail(last)
                case Stopped():
                    return ending.release(
                        interrupted=self.deadline.stopping, outgrown=self._outgrown()
                    )
        except CancelRequested:  # after the last heartbeat
            return ending.abandon()

    def _outgrown(self) -> bool:
        had_all = self.had >= WHOLE_DRAIN * budget(self.settings)
        return had_all and not can_resume(self.job.queue)

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
