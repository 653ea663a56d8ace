"""The status function's application: all that it serves."""

from __future__ import annotations

from functions.status.routes import jobs, sheets
from functions.status.settings import settings
from shared.http.app import flask_app

app = flask_app("status", settings)
app.register_blueprint(sheets.blueprint)
app.register_blueprint(jobs.blueprint)
