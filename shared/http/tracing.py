"""A span for each request, and the request's id and trace in all that is logged for it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask, Request, Response, g, request
from opentelemetry.trace import Span, SpanKind

from shared.telemetry.exporter import export_spans, send_spans
from shared.telemetry.fields import log_fields
from shared.telemetry.spans import entry_span, went_wrong

_CARRIED = {"HTTP_TRACEPARENT": "traceparent", "HTTP_TRACESTATE": "tracestate"}
_PROBES = "/health/"
"""Asked every few seconds by the platform, and of no interest to anybody else."""
_SERVER_FAULT = 500
_SENDING_SECONDS = 1.0


def trace_requests(app: Flask, *, send_at_end: bool) -> None:
    """Trace all requests of the application; call it after what gives them their id.

    `send_at_end` exports the spans before the request ends, for long requests after which there may
    be nobody to do it.
    """

    @app.before_request
    def begin() -> None:
        if not request.path.startswith(_PROBES):
            export_spans(app.name)
            g.traced = _traced(request, g.request_id)
            g.span = g.traced.__enter__()

    @app.teardown_request
    def end(_: BaseException | None) -> None:
        if traced := g.pop("traced", None):
            traced.__exit__(None, None, None)
            if send_at_end:
                send_spans(within=_SENDING_SECONDS)

    app.after_request(_note_answer)


@contextmanager
def _traced(asked: Request, request_id: str) -> Iterator[Span]:
    route = asked.url_rule.rule if asked.url_rule else "unknown"
    about = {
        "http.request.method": asked.method,
        "http.route": route,
        "url.path": asked.path,
        "sluice.request": request_id,
    }
    environ = asked.environ
    carrier = {name: environ[key] for key, name in _CARRIED.items() if key in environ}
    with (
        log_fields(requestId=request_id),
        entry_span(f"{asked.method} {route}", SpanKind.SERVER, carrier, about) as span,
    ):
        yield span


def _note_answer(response: Response) -> Response:
    if span := g.get("span"):
        span.set_attribute("http.response.status_code", response.status_code)
        if response.status_code >= _SERVER_FAULT:
            went_wrong(span, response.status)
    return response
