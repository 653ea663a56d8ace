"""What the worker function serves."""

from __future__ import annotations

import threading

from functions.worker.drain import Drained, drain
from functions.worker.settings import settings
from shared.http.app import flask_app
from shared.http.typed import typed

_DRAINING = threading.Lock()


app = flask_app("worker", settings, sends_spans_at_end=True)


@app.post("/")
@typed()
def work() -> Drained:
    """Drain the queues; one drain a process, whatever the body says."""
    if not _DRAINING.acquire(blocking=False):
        return Drained(stopped_because="alreadyDraining")
    try:
        return drain(settings())
    finally:
        _DRAINING.release()
