"""Where functions-framework finds the worker function."""

import functions_framework
from flask import Request, Response

from functions.worker.routes import app
from functions.worker.settings import settings
from shared.http.app import answer
from shared.telemetry.logs import write_logs

settings()
write_logs()


@functions_framework.http
def worker(request: Request) -> Response:
    """Do the work: a scheduler's call drains the queue inside a time budget."""
    return answer(app, request)
