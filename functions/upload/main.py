"""Where functions-framework finds the upload function."""

import functions_framework
from flask import Request, Response

from functions.upload.routes import app
from functions.upload.settings import settings
from shared.http.app import answer
from shared.telemetry.logs import write_logs

settings()
write_logs()


@functions_framework.http
def upload(request: Request) -> Response:
    """Start work: check, store, record, enqueue, answer 202."""
    return answer(app, request)
