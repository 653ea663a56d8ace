"""One attempt at one claimed job: from its child's start to the end of its lease."""

from __future__ import annotations

import logging
import time
import traceback
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

import psycopg

from functions.worker.messages import Advanced, Checkpointed, Failed, Finished, LastMessage, Stopped
from functions.worker.registry import handler
from functions.worker.sandbox import Sandbox
from functions.worker.settings import WorkerSettings
from functions.worker.sweep import sweep
from shared.db import transaction
from shared.errors import CancelRequested, LeaseLost
from shared.queue.abandon import abandon
from shared.queue.attempt_error import AttemptError
from shared.queue.backoff import backoff
from shared.queue.bury import bury
from shared.queue.checkpoint import checkpoint
from shared.queue.claim import ClaimedJob
from shared.queue.complete import complete
from shared.queue.heartbeat import heartbeat
from shared.queue.progress import Progress
from shared.queue.release import release
from shared.queue.retry import retry

Outcome = Literal["completed", "retried", "released", "buried", "cancelled", "lost"]

_LOG = logging.getLogger("sluice.worker")

_HEARTBEAT_SECONDS = 1.0
"""Also how long progress and a cancel take to get through; far below any lease."""
_GRACE_SECONDS = 5.0
"""What a child that was asked to stop gets before it is killed."""


def attempt(settings: WorkerSettings, job: ClaimedJob, *, deadline: float) -> Outcome:
    """Work on the job until it ends or `deadline` (monotonic seconds) comes; say how it ended."""
    run = _Attempt(settings, job)
    try:
        with Sandbox(job, bucket=settings.storage_bucket) as sandbox:
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
                    self._checkpoint(message)
                case Finished() | Stopped() | Failed():
                    return message
        return Stopped()

    def end(self, last: LastMessage) -> Outcome:
        """Give up the lease in the way that the child's last message asks for."""
        if self.cancelled:
            return self._abandon()
        try:
            match last:
                case Finished():
                    return self._complete(last)
                case Failed():
                    return self._fail(last)
                case Stopped():
                    return self._release()
        except CancelRequested:  # after the last heartbeat
            return self._abandon()

    def _beat(self) -> None:
        progress = self.progress or Progress()
        try:
            with transaction(self.settings.database) as conn:
                self.cancelled |= heartbeat(conn, self.job, progress)
        except psycopg.OperationalError:
            # The lease lasts for many beats, and the fence tells when it is truly gone.
            _LOG.warning("A heartbeat of job %s did not get through", self.job.id, exc_info=True)

    def _checkpoint(self, message: Checkpointed) -> None:
        with transaction(self.settings.database) as conn:
            checkpoint(conn, self.job, message.state, done=message.done)

    def _complete(self, last: Finished) -> Outcome:
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
            return self._fail(
                Failed(
                    message=f"The result could not be saved ({type(error).__name__}).",
                    trace=traceback.format_exc(),
                )
            )
        self._sweep(keep=result.objects)
        return "completed"

    def _abandon(self) -> Outcome:
        with transaction(self.settings.database) as conn:
            abandon(conn, self.job)
        self._sweep()
        return "cancelled"

    def _fail(self, last: Failed) -> Outcome:
        _LOG.warning("Job %s failed: %s\n%s", self.job.id, last.message, last.trace or "")
        error = AttemptError(attempt=self.job.attempts, message=last.message, trace=last.trace)
        if last.hopeless or self.job.attempts >= self.job.max_attempts:
            return self._bury(error)
        delay = backoff(self.job.policy, self.job.attempts)
        if last.retry_after is not None:
            delay = timedelta(seconds=last.retry_after)
        with transaction(self.settings.database) as conn:
            retry(conn, self.job, error, delay=delay)
        return "retried"

    def _release(self) -> Outcome:
        with transaction(self.settings.database) as conn:
            refunded = release(conn, self.job)
            if refunded or self.job.attempts < self.job.max_attempts:
                return "released"
            conn.rollback()
        return self._bury(
            AttemptError(
                attempt=self.job.attempts,
                message="The time of one drain was too short for this, again and again.",
            )
        )

    def _bury(self, error: AttemptError) -> Outcome:
        with transaction(self.settings.database) as conn:
            bury(conn, self.job, error)
        self._sweep()
        return "buried"

    def _sweep(self, keep: tuple[str, ...] = ()) -> None:
        sweep(self.settings.storage_bucket, self.job, keep=keep)
