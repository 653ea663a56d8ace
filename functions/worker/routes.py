"""What the worker function serves."""

from __future__ import annotations

import threading
import time

from flask import request

from functions.worker.budget import TIMEOUT_HEADER, budget
from functions.worker.callers import callers
from functions.worker.deadline import PROCESS
from functions.worker.drains.bell import Bell
from functions.worker.drains.drain import Drained, drain
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
    until = time.monotonic() + budget(settings(), request.headers.get(TIMEOUT_HEADER))
    if PROCESS.requested:
        return Drained(stopped_because="stopping")
    drained: Drained | None = None
    # Who rings after a drain's last look, and before it is over, finds nobody at work any more.
    while drained is None or (drained.stopped_because == "empty" and _BELL.unheeded):
        if not _DRAINING.acquire(blocking=False):
            _BELL.ring()
            return drained or Drained(stopped_because="alreadyDraining")
        try:
            done = drain(settings(), budget=until - time.monotonic(), bell=_BELL)
        finally:
            _DRAINING.release()
        drained = done if drained is None else drained + done
    _GAUGE.report(settings())
    if drained.stopped_because in ("budget", "stopping"):
        chain(settings(), left=drained.remaining)
    return drained
