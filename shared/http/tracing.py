"""A span for each request, and the request's id and trace in all that is logged for it."""

from __future__ import annotations

from contextlib import ExitStack

from flask import Flask, Response, g, request
from opentelemetry.trace import SpanKind

from shared.telemetry.exporter import export_spans, send_spans
from shared.telemetry.fields import log_fields
from shared.telemetry.spans import entry_span, went_wrong

_CARRIED = ("traceparent", "tracestate")
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
            g.traced = ExitStack()
            if send_at_end:
                g.traced.callback(send_spans, within=_SENDING_SECONDS)
            _enter(g.traced)

    app.after_request(_note_answer)
    app.teardown_request(_leave)


def _enter(traced: ExitStack) -> None:
    route = request.url_rule.rule if request.url_rule else "unknown"
    carried = {name: request.headers[name] for name in _CARRIED if name in request.headers}
    about = {
        "http.request.method": request.method,
        "http.route": route,
        "url.path": request.path,
        "sluice.request": g.request_id,
    }
    traced.enter_context(log_fields(requestId=g.request_id))
    g.span = traced.enter_context(
        entry_span(f"{request.method} {route}", SpanKind.SERVER, carried, about)
    )


def _note_answer(response: Response) -> Response:
    if span := g.get("span"):
        span.set_attribute("http.response.status_code", response.status_code)
        if response.status_code >= _SERVER_FAULT:
            went_wrong(span, response.status)
    return response


def _leave(_: BaseException | None) -> None:
    if traced := g.pop("traced", None):
        traced.close()
