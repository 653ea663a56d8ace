"""The child process: runs one handler and tells its parent what comes of it."""

from __future__ import annotations

import os
import shutil
import signal
import threading
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from functions.worker.failure import failure_of
from functions.worker.job import Job, Yielded
from functions.worker.messages import Finished, LastMessage, Stopped
from functions.worker.registry import handler
from shared.storage import open_store


@dataclass(frozen=True)
class Order:
    """All that a child is told; it has no way to the database."""

    job_id: int
    fence: int
    queue: str
    payload: dict[str, Any]
    checkpoint: Any
    bucket: str
    folder: Path


def main(pipe: Connection, order: Order) -> None:
    """Run the order's handler to its end; the last message is Finished, Stopped or Failed."""
    # A signal to the server's process group is the parent's to act on.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    stop = threading.Event()
    threading.Thread(target=_listen, args=(pipe, order, stop), daemon=True).start()
    _send(pipe, _outcome(pipe, order, stop))


def _listen(pipe: Connection, order: Order, stop: threading.Event) -> None:
    """Anything the parent sends means stop; when it is gone, nobody wants the result.

    Nor does anybody but us then remove the folder.
    """
    try:
        pipe.recv_bytes()
    except (EOFError, OSError):
        shutil.rmtree(order.folder, ignore_errors=True)
        os._exit(1)
    stop.set()


def _outcome(pipe: Connection, order: Order, stop: threading.Event) -> LastMessage:
    try:
        work = handler(order.queue)
        payload = work.Payload.model_validate(order.payload)
        job = Job(
            job_id=order.job_id,
            fence=order.fence,
            prefix=payload.prefix,
            checkpoint=order.checkpoint,
            store=open_store(order.bucket),
            folder=order.folder,
            send=lambda message: _send(pipe, message),
            stop_requested=stop.is_set,
        )
        return Finished(result=work.run(payload, job).model_dump(mode="json"))
    except Yielded:
        return Stopped()
    except Exception as error:  # noqa: BLE001 - whatever it is, the parent decides what follows
        return failure_of(error, "The work failed unexpectedly")


def _send(pipe: Connection, message: BaseModel) -> None:
    pipe.send_bytes(message.model_dump_json().encode())
