"""A child process at work on one job: a crash in it costs that job an attempt and nothing else."""

from __future__ import annotations

import logging

from pydantic import ValidationError

from functions.worker.children.death import failure_of_death
from functions.worker.children.environment import for_job
from functions.worker.children.forking import Forked
from functions.worker.children.limits import Limits
from functions.worker.children.messages import (
    MESSAGE,
    STOP,
    STOP_AT_ONCE,
    Failed,
    Finished,
    Message,
    Order,
)
from shared.queue.claim import ClaimedJob

_LOG = logging.getLogger("sluice.worker")

_MOST_BYTES = 64 << 20
"""Of one message, which has to find room in this process."""


class Sandbox:
    """One job in a child; the nursery makes it, and takes the child back afterwards."""

    def __init__(self, child: Forked, job: ClaimedJob, *, bucket: str, limits: Limits) -> None:
        self._child: Forked = child
        self._job = job
        self._limits = limits
        self._last: Message | None = None
        order = Order(
            job_id=job.id,
            fence=job.fence,
            queue=job.queue,
            payload=job.payload,
            checkpoint=job.checkpoint,
            bucket=bucket,
            folder=child.folder,
            environment=for_job(job.queue),
        )
        self._send(order.model_dump_json().encode())

    def receive(self, timeout: float) -> Message | None:
        """Return the child's next message; None after `timeout` seconds without one.

        A child that died without a last word is told as Failed.
        """
        if not self._child.pipe.poll(max(0.0, timeout)):
            return None
        try:
            self._last = MESSAGE.validate_json(self._child.pipe.recv_bytes(_MOST_BYTES))
        except (EOFError, ConnectionError):
            self._last = self._death()
        except (OSError, ValidationError):
            self._last = Failed(message="The result of this is too large to be handed over.")
        return self._last

    def ask_to_stop(self, *, at_once: bool) -> None:
        """Ask the child to stop at its next checkpoint or, `at_once`, at its next progress.

        A handler that never checkpoints stops at its next progress in any case.
        """
        self._send(STOP_AT_ONCE if at_once else STOP)

    def leave(self) -> Forked | None:
        """Return the child if it may work on another job of the same queue, or else end it."""
        if said := self._child.said():
            _LOG.info("Job %s wrote to standard error:\n%s", self._job.id, said)
        if isinstance(self._last, Finished) and self._last.reusable:
            self._child.clear()
            return self._child
        self._child.end()
        return None

    def _send(self, message: bytes) -> None:
        try:
            self._child.pipe.send_bytes(message)
        except OSError:
            return  # It has just ended; its last message, or its death, is still to be received.

    def _death(self) -> Failed:
        ended = self._child.kill()
        return failure_of_death(ended, self._child.said(), self._limits)
