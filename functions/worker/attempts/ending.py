"""The ways in which a worker gives a job up, each in a transaction of its own."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from functions.worker.attempts.sweep import sweep
from functions.worker.children.messages import Failed
from functions.worker.deadline import Deadline
from functions.worker.settings import WorkerSettings
from shared.db import transaction
from shared.queue.abandon import abandon
from shared.queue.attempt_error import AttemptError
from shared.queue.backoff import backoff
from shared.queue.bury import bury
from shared.queue.claim import ClaimedJob
from shared.queue.long_lane import set_aside
from shared.queue.release import release
from shared.queue.retry import retry

Outcome = Literal["completed", "retried", "released", "buried", "cancelled", "lost", "setAside"]

_LOG = logging.getLogger("sluice.worker")

_LEAST_SWEEP_SECONDS = 1.0
"""Also when the drain's time is up; the answer still comes before the platform's time-out."""
_MOST_SWEEP_SECONDS = 10.0
"""While the bucket does not answer, the slot is kept from other jobs."""


@dataclass(frozen=True)
class Ending:
    """Ends a claimed job; every method raises LeaseLost, or CancelRequested where that wins."""

    settings: WorkerSettings
    job: ClaimedJob
    deadline: Deadline

    def abandon(self) -> Outcome:
        """End a job that somebody has cancelled."""
        with transaction(self.settings.database) as conn:
            abandon(conn, self.job)
        self.sweep()
        return "cancelled"

    def fail(self, failure: Failed) -> Outcome:
        """Try again later, or give up when that cannot help or has been done often enough."""
        _LOG.warning("Job %s failed: %s\n%s", self.job.id, failure.message, failure.trace or "")
        error = AttemptError(
            attempt=self.job.attempts, message=failure.message, trace=failure.trace
        )
        if failure.hopeless or self.job.attempts >= self.job.max_attempts:
            return self._bury(error)
        delay = backoff(self.job.policy, self.job.attempts)
        if failure.retry_after is not None:
            delay = timedelta(seconds=failure.retry_after)
        with transaction(self.settings.database) as conn:
            retry(conn, self.job, error, delay=delay)
        return "retried"

    def release(self, *, interrupted: bool = False, outgrown: bool = False) -> Outcome:
        """Hand an unfinished job back, unless it has got nowhere in all its attempts.

        `interrupted`: the process had to stop. `outgrown`: the job had about a whole drain and
        cannot resume, so it goes to the long lane.
        """
        if outgrown and not interrupted:
            return self.set_aside()
        with transaction(self.settings.database) as conn:
            refunded = release(conn, self.job, interrupted=interrupted)
            if refunded or self.job.attempts < self.job.max_attempts:
                return "released"
            conn.rollback()
        return self._bury(
            AttemptError(
                attempt=self.job.attempts,
                message="The time of a drain was up before this got anywhere, "
                "and it has no attempt left.",
            )
        )

    def set_aside(self) -> Outcome:
        """Let a job that takes longer than a drain wait for the long lane."""
        with transaction(self.settings.database) as conn:
            set_aside(conn, self.job)
        _LOG.info("Job %s takes longer than a drain; it waits for the long lane", self.job.id)
        return "setAside"

    def sweep(self, keep: tuple[str, ...] = ()) -> None:
        """Delete what the ended job wrote, all but `keep`."""
        seconds = min(max(self.deadline.left(), _LEAST_SWEEP_SECONDS), _MOST_SWEEP_SECONDS)
        sweep(self.settings.storage_bucket, self.job, keep=keep, seconds=seconds)

    def _bury(self, error: AttemptError) -> Outcome:
        with transaction(self.settings.database) as conn:
            bury(conn, self.job, error)
        self.sweep()
        return "buried"
