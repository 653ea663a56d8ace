"""Where functions-framework finds the upload function."""

import functions_framework
from flask import Request
from werkzeug import Response

from functions.upload.routes import app
from functions.upload.settings import settings
from shared.telemetry.logs import write_logs

settings()
write_logs()


@functions_framework.http
def upload(request: Request) -> Response:
    """Start work: check, store, record, enqueue, answer 202."""
    return Response.from_app(app, request.environ)
