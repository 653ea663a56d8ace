"""How gunicorn serves the worker: one process, and a SIGTERM that reaches the drain."""

from __future__ import annotations

import os
import signal
from types import FrameType

bind = f"{os.environ.get('HOST', '0.0.0.0')}:{os.environ.get('PORT', '8080')}"  # noqa: S104
logger_class = "shared.telemetry.server_log.ServerLog"
workers = 1
# One request drains; the others are answered that it does, and asked after the health.
threads = 4
# The budget ends a drain, not gunicorn.
timeout = 0
# Cloud Run kills 10 s after its SIGTERM.
graceful_timeout = 9


def post_worker_init(_worker: object) -> None:
    """Let the drain know, before gunicorn waits for it to end."""
    from functions.worker.deadline import PROCESS  # noqa: PLC0415 - after the fork

    PROCESS.when_orphaned()
    gunicorns = signal.getsignal(signal.SIGTERM)

    def stop(number: int, frame: FrameType | None) -> None:
        PROCESS.request()
        if callable(gunicorns):
            gunicorns(number, frame)

    signal.signal(signal.SIGTERM, stop)
