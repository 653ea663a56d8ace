"""A child process per job: a crash in it costs that job an attempt and nothing else."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import tempfile
import threading
from functools import lru_cache
from multiprocessing import forkserver
from multiprocessing.context import ForkServerContext
from pathlib import Path
from types import TracebackType
from typing import Self

from functions.worker import child
from functions.worker.messages import MESSAGE, Failed, Message
from functions.worker.registry import preload, queues
from shared.queue.claim import ClaimedJob

_STARTS_AND_ENDS = threading.Lock()
"""multiprocessing looks at all children whenever one starts, also at those that a slot ends."""
_LAST_BREATH_SECONDS = 5.0
"""How long a child may live on after it has closed its pipe."""


class Sandbox:
    """One job's child process and temporary folder; leaving the block ends and removes both."""

    def __init__(self, job: ClaimedJob, *, bucket: str) -> None:
        self._job = job
        self._bucket = bucket

    def __enter__(self) -> Self:
        """Start the child."""
        self._folder = Path(tempfile.mkdtemp(prefix="sluice-"))
        self._pipe, theirs = _forkserver().Pipe()
        order = child.Order(
            job_id=self._job.id,
            fence=self._job.fence,
            queue=self._job.queue,
            payload=self._job.payload,
            checkpoint=self._job.checkpoint,
            bucket=self._bucket,
            folder=self._folder,
        )
        self._process = _forkserver().Process(target=child.main, args=(theirs, order), daemon=True)
        with _STARTS_AND_ENDS:
            self._process.start()
        # Ours would keep the pipe open after the child has died.
        theirs.close()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Kill the child, however far it has come."""
        with _STARTS_AND_ENDS:
            self._process.kill()
            self._process.join()
            self._process.close()
        self._pipe.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def receive(self, timeout: float) -> Message | None:
        """Return the child's next message; None after `timeout` seconds without one.

        A child that died without a last word is told as Failed.
        """
        if not self._pipe.poll(max(0.0, timeout)):
            return None
        try:
            return MESSAGE.validate_json(self._pipe.recv_bytes())
        except (EOFError, OSError):
            return self._death()

    def ask_to_stop(self) -> None:
        """Ask the child to stop at its next checkpoint or progress."""
        try:
            self._pipe.send_bytes(b"stop")
        except OSError:
            return  # It has just ended; its last message, or its death, is still to be received.

    def _death(self) -> Failed:
        with _STARTS_AND_ENDS:
            self._process.join(_LAST_BREATH_SECONDS)
        code = self._process.exitcode or 0
        cause = signal.Signals(-code).name if code < 0 else f"exit code {code}"
        return Failed(message=f"The process that worked on this died ({cause}).")


def warm_up() -> None:
    """Let the heavy imports begin, in a process of their own; returns at once.

    Takes DATABASE_URL, which the settings have kept, out of the environment for all children.
    """
    os.environ.pop("DATABASE_URL", None)
    _forkserver()
    forkserver.ensure_running()


@lru_cache
def _forkserver() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    # Children start with the heavy imports done; the parent does without them.
    context.set_forkserver_preload(
        [child.__name__, "google.cloud.storage", *(name for q in queues() for name in preload(q))]
    )
    return context
