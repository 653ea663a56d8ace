"""Where spans go: by OpenTelemetry's own settings, and nowhere without them."""

from __future__ import annotations

import os
import threading
from functools import lru_cache
from typing import TYPE_CHECKING

from opentelemetry import trace

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider

_ENDPOINTS = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
_STARTING = threading.Lock()


def export_spans(function: str) -> None:
    """Begin to export this process's spans, when OTEL_TRACES_EXPORTER or an endpoint asks for it.

    Call it in the process that serves, not in the one that it is forked from: the exporter has a
    thread. A second call does nothing.
    """
    if _is_wanted():
        with _STARTING:
            _provider(function)


def send_spans(*, within: float) -> None:
    """Export what has been recorded so far, and wait for it for at most so many seconds.

    An instance without a request may have no processor until the next one comes.
    """
    if _is_wanted():
        # The SDK does not heed the time-out that its own method takes.
        provider = trace.get_tracer_provider()
        sending = threading.Thread(target=getattr(provider, "force_flush", None), daemon=True)
        sending.start()
        sending.join(within)


@lru_cache
def _is_wanted() -> bool:
    has_endpoint = any(os.environ.get(name) for name in _ENDPOINTS)
    exporter = os.environ.get("OTEL_TRACES_EXPORTER") or ("otlp" if has_endpoint else "none")
    return exporter == "otlp"


@lru_cache
def _provider(function: str) -> TracerProvider:
    # Loaded here, because a start without an exporter must not pay for it.
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import (  # noqa: PLC0415
        OTLPSpanExporter,
    )
    from opentelemetry.sdk.resources import SERVICE_NAME, Resource  # noqa: PLC0415
    from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415
    from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415

    name = os.environ.get("OTEL_SERVICE_NAME") or f"sluice-{function}"
    provider = TracerProvider(resource=Resource.create({SERVICE_NAME: name}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    trace.set_tracer_provider(provider)
    return provider
