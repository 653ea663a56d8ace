"""The child process: runs one handler after the other and tells its parent what comes of each."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
import threading
import traceback
from multiprocessing.connection import Connection
from queue import SimpleQueue
from typing import NoReturn

from pydantic import BaseModel

from functions.worker.children.death import sentence_of_exhaustion
from functions.worker.children.failure import failure_of
from functions.worker.children.limits import Limits
from functions.worker.children.messages import (
    STOP,
    STOP_AT_ONCE,
    Finished,
    LastMessage,
    Order,
    Stopped,
)
from functions.worker.children.resting import is_at_rest
from functions.worker.job import Job, Yielded
from functions.worker.registry import can_resume, handler
from shared.storage import PATIENCE_OF_A_JOB, open_store


def live(pipe: Connection, limits: Limits) -> NoReturn:
    """Work on orders until the parent closes the pipe; a handler may end the process earlier."""
    code: int | str | None = 1
    try:
        _Child(pipe, limits).serve()
    except SystemExit as leaving:
        code = leaving.code
    except BaseException:  # noqa: BLE001 - the process ends here, and these are its last words
        traceback.print_exc()
    finally:
        with contextlib.suppress(Exception):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code if isinstance(code, int) else code is not None)


class _Child:
    def __init__(self, pipe: Connection, limits: Limits) -> None:
        self._pipe = pipe
        self._limits = limits
        self._stop = threading.Event()
        self._stop_at_once = threading.Event()
        self._orders: SimpleQueue[Order] = SimpleQueue()
        self._jobs_done = 0
        threading.Thread(target=self._listen, daemon=True).start()

    def serve(self) -> NoReturn:
        while True:
            order = self._orders.get()
            self._limits.begin_job()
            os.environ["TMPDIR"] = tempfile.tempdir = str(order.folder)
            # It works for one queue only, so no other kind ever sees them.
            os.environ.update(order.environment)
            last = self._outcome(order)
            sys.stdout.flush()
            self._jobs_done += 1
            if isinstance(last, Finished):
                last.reusable = is_at_rest(self._jobs_done)
            self._send(last)

    def _listen(self) -> None:
        """Take orders, and the wish to stop, as they come; with the parent gone, end at once."""
        try:
            while True:
                message = self._pipe.recv_bytes()
                if message in (STOP, STOP_AT_ONCE):
                    self._stop.set()
                    if message == STOP_AT_ONCE:
                        self._stop_at_once.set()
                else:
                    self._stop.clear()
                    self._stop_at_once.clear()
                    self._orders.put(Order.model_validate_json(message))
        except (EOFError, OSError):
            os._exit(0)

    def _outcome(self, order: Order) -> LastMessage:
        """Run the order's handler to its end."""
        try:
            work = handler(order.queue)
            payload = work.Payload.model_validate(order.payload)
            job = Job(
                job_id=order.job_id,
                fence=order.fence,
                prefix=payload.prefix,
                checkpoint=order.checkpoint,
                store=open_store(order.bucket, patience=PATIENCE_OF_A_JOB),
                folder=order.folder,
                send=self._send,
                stop_requested=self._stop.is_set,
                stop_at_once=(
                    self._stop_at_once.is_set if can_resume(order.queue) else self._stop.is_set
                ),
            )
            return Finished(result=work.run(payload, job).model_dump(mode="json"))
        except Yielded:
            return Stopped()
        except Exception as error:  # noqa: BLE001 - whatever it is, the parent decides what follows
            self._limits.make_room()
            sentence = sentence_of_exhaustion(error, self._limits)
            failure = failure_of(error, "The work failed unexpectedly")
            return failure if sentence is None else failure.model_copy(update={"message": sentence})

    def _send(self, message: BaseModel) -> None:
        self._pipe.send_bytes(message.model_dump_json().encode())
