"""The Flask application inside a function: ids, faults, health, and an emptied request body."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from importlib.resources import files

from flask import Flask, Response, g, request
from werkzeug.exceptions import ClientDisconnected

from shared.db import transaction
from shared.http.problem import to_problem
from shared.http.tracing import trace_requests
from shared.settings import Settings

_REQUEST_ID = re.compile(r"[A-Za-z0-9_.:/;=-]{1,128}")
_DRAIN_BYTES = 64 * 1024


def flask_app(
    name: str, settings: Callable[[], Settings], *, sends_spans_at_end: bool = False
) -> Flask:
    """Return an application whose every answer has an x-request-id and whose faults are problems.

    It is ready when the database answers. `sends_spans_at_end` is for long requests.
    """
    app = Flask(name, static_folder=None)
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.register_error_handler(Exception, to_problem)
    app.before_request(_name_request)
    trace_requests(app, send_at_end=sends_spans_at_end)
    app.after_request(_finish)
    _serve_health(app, settings)
    _serve_description(app)
    return app


def _name_request() -> None:
    given = request.headers.get("x-request-id", "")
    g.request_id = given if _REQUEST_ID.fullmatch(given) else uuid.uuid4().hex


def _finish(response: Response) -> Response:
    response.headers["x-request-id"] = g.request_id
    # functions-framework reads what is left of the body into memory after the answer.
    try:
        while request.stream.read(_DRAIN_BYTES):
            pass
    except (ClientDisconnected, OSError):
        response.headers["Connection"] = "close"
    return response


def _serve_health(app: Flask, settings: Callable[[], Settings]) -> None:
    @app.get("/health/live")
    def live() -> dict[str, str]:
        return {"status": "alive"}

    @app.get("/health/ready")
    def ready() -> dict[str, str]:
        with transaction(settings().database) as conn:
            conn.execute("select 1")
        return {"status": "ready"}


def _serve_description(app: Flask) -> None:
    @app.get("/openapi.json")
    def description() -> Response:
        document = files("shared.http").joinpath("openapi.json").read_bytes()
        return Response(document, content_type="application/json")
