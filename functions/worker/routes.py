"""What the worker function serves."""

from __future__ import annotations

import threading

from flask import request

from functions.worker.bell import Bell
from functions.worker.budget import TIMEOUT_HEADER, budget
from functions.worker.callers import callers
from functions.worker.deadline import PROCESS
from functions.worker.drain import Drained, drain
from functions.worker.gauge import Gauge
from functions.worker.settings import settings
from shared.http.app import flask_app
from shared.http.typed import typed
from shared.nudge.nudge import chain

_DRAINING = threading.Lock()
_BELL = Bell()
_GAUGE = Gauge()


app = flask_app("worker", settings, who=callers, sends_spans_at_end=True)


@app.post("/")
@typed(headers={TIMEOUT_HEADER: "How long the caller waits for the answer, in seconds."})
def work() -> Drained:
    """Drain the queues; one drain a process, whatever the body says."""
    seconds = budget(settings(), request.headers.get(TIMEOUT_HEADER))
    if PROCESS.requested:
        return Drained(stopped_because="stopping")
    if not _DRAINING.acquire(blocking=False):
        _BELL.ring()
        return Drained(stopped_because="alreadyDraining")
    try:
        drained = drain(settings(), budget=seconds, bell=_BELL)
    finally:
        _DRAINING.release()
    _GAUGE.report(settings())
    if drained.stopped_because in ("budget", "stopping"):
        chain(settings(), left=drained.remaining)
    return drained
