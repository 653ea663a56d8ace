"""W3C trace context as text: how a trace gets from one process to the next."""

from __future__ import annotations

import random
from collections.abc import Mapping

from opentelemetry.context import Context
from opentelemetry.trace import SpanContext, TraceFlags
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

_W3C = TraceContextTextMapPropagator()
_TRACE_ID_BITS, _SPAN_ID_BITS = 128, 64


def current_traceparent() -> str | None:
    """Return the current span as a `traceparent`, None outside of any."""
    carrier: dict[str, str] = {}
    _W3C.inject(carrier)
    return carrier.get("traceparent")


def context_of(carrier: Mapping[str, str]) -> Context:
    """Return the trace that a carrier's `traceparent` and `tracestate` name, or an empty one."""
    return _W3C.extract(dict(carrier), context=Context()) if carrier else Context()


def made_up() -> SpanContext:
    """Return the beginning of a trace that nobody records.

    It says that it is sampled, so that whoever takes it on and does record, does.
    """
    return SpanContext(
        trace_id=_number(_TRACE_ID_BITS),
        span_id=_number(_SPAN_ID_BITS),
        is_remote=False,
        trace_flags=TraceFlags(TraceFlags.SAMPLED),
    )


def _number(bits: int) -> int:
    return random.getrandbits(bits) or 1
