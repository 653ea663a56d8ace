"""Spans: what was going on, between when and when, as part of which trace."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager

from opentelemetry import trace
from opentelemetry.context import Context, attach, detach
from opentelemetry.trace import NonRecordingSpan, Span, SpanKind, Status, StatusCode

from shared.telemetry.traceparent import context_of, current_traceparent, made_up

Attributes = Mapping[str, str | int]

_TRACER = trace.get_tracer("sluice")


def entry_span(
    name: str, kind: SpanKind, carrier: Mapping[str, str], attributes: Attributes
) -> AbstractContextManager[Span]:
    """Be in a span that goes on with the trace in `carrier`, or begins one.

    There is a trace also when nothing exports it, so that logs can be joined by it.
    """
    begun = _TRACER.start_span(name, context_of(carrier), kind, attributes)
    if not begun.get_span_context().is_valid:
        begun = NonRecordingSpan(made_up())
    return _in(begun)


@contextmanager
def enqueue_span(queue: str) -> Iterator[str | None]:
    """Be in the span of an enqueue into `queue`; gives the `traceparent` for the job."""
    about = {"sluice.queue": queue}
    begun = _TRACER.start_span(f"enqueue {queue}", kind=SpanKind.PRODUCER, attributes=about)
    with _in(begun):
        yield current_traceparent()


@contextmanager
def _in(span: Span) -> Iterator[Span]:
    """Let a span be the current one, and end with the block.

    Of an error it has the name alone: the text may hold a secret, and is in the log, where those
    are masked.
    """
    before = attach(trace.set_span_in_context(span))
    try:
        yield span
    except Exception as error:
        went_wrong(span, type(error).__name__)
        raise
    finally:
        detach(before)
        span.end()


def span_in_retrospect(name: str, kind: SpanKind, seconds: float, attributes: Attributes) -> None:
    """Record what has taken `seconds` and is over now, as a trace of its own."""
    end = time.time_ns()
    start = end - round(seconds * 1e9)
    _TRACER.start_span(
        name, context=Context(), kind=kind, attributes=attributes, start_time=start
    ).end(end)


def went_wrong(span: Span, why: str) -> None:
    """Mark a span as one that ended badly."""
    span.set_status(Status(StatusCode.ERROR, why))
