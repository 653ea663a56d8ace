"""The status function's application: all that it serves."""

from __future__ import annotations

from functions.status.extractions import routes as extractions
from functions.status.routes import (
    batches,
    exports,
    findings,
    jobs,
    jobs_in_bulk,
    metrics,
    queues,
    reads,
    schedules,
    sheets,
    versions,
)
from functions.status.screenings import routes as screenings
from functions.status.settings import settings
from shared.http.app import flask_app

app = flask_app("status", settings)
for room in (
    *(sheets, reads, findings, exports, versions, screenings, extractions),
    *(jobs, jobs_in_bulk, queues, schedules, batches, metrics),
):
    app.register_blueprint(room.blueprint)
