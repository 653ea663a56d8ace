"""Where functions-framework finds the status function."""

import functions_framework
from flask import Request, Response

from functions.status.app import app
from functions.status.settings import settings
from functions.status.without_pandas import do_without_pandas
from shared.http.app import answer
from shared.telemetry.logs import write_logs

settings()
write_logs()
do_without_pandas()


@functions_framework.http
def status(request: Request) -> Response:
    """Follow work: status, preview, profile, export, cancel, retry."""
    return answer(app, request)
