"""The Flask application inside a function: ids, faults, health, and an emptied request body."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from importlib.resources import files
from typing import TypeVar

from flask import Flask, Request, Response, g, request
from werkzeug.exceptions import ClientDisconnected

from shared.auth.sign_in import SignIn, sign_in
from shared.db import transaction
from shared.http.identity import ask_who_calls
from shared.http.problem import to_problem
from shared.http.tracing import trace_requests
from shared.settings import Settings

S = TypeVar("S", bound=Settings)

_REQUEST_ID = re.compile(r"[A-Za-z0-9_.:/;=-]{1,128}")
_SECURITY = {
    # What a function answers is data: it runs nothing, loads nothing, and is nobody's frame.
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    # Browsers obey it only where it came by https.
    "Strict-Transport-Security": "max-age=31536000",
    # Kept by the caller alone, and not used again without asking; ETags make that cheap.
    "Cache-Control": "private, no-cache",
}
_DRAIN_BYTES = 64 * 1024


def answer(app: Flask, asked: Request) -> Response:
    """Let an application answer a request that functions-framework has received.

    The answer goes out through the framework's own application, so that WSGI is spoken once.
    """
    with app.request_context(asked.environ):
        return app.full_dispatch_request()


def flask_app(
    name: str,
    settings: Callable[[], S],
    *,
    who: Callable[[S], SignIn] = sign_in,
    sends_spans_at_end: bool = False,
) -> Flask:
    """Return an application whose every answer has an x-request-id and whose faults are problems.

    It is ready when the database answers. `who` tells by the settings how callers say who they are;
    without that they learn nothing but its health and its description. `sends_spans_at_end` is for
    long requests.
    """
    app = Flask(name, static_folder=None)
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.register_error_handler(Exception, to_problem)
    app.before_request(_name_request)
    trace_requests(app, send_at_end=sends_spans_at_end)
    ask_who_calls(app, lambda: who(settings()))
    app.after_request(_finish)
    _serve_health(app, settings)
    _serve_description(app)
    return app


def _name_request() -> None:
    given = request.headers.get("x-request-id", "")
    g.request_id = given if _REQUEST_ID.fullmatch(given) else uuid.uuid4().hex


def _finish(response: Response) -> Response:
    response.headers["x-request-id"] = g.request_id
    given = {name.lower() for name, _ in response.headers}
    for name, value in _SECURITY.items():
        if name.lower() not in given:
            response.headers.add(name, value)
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
