"""Spans: what was going on, between when and when, as part of which trace."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from opentelemetry import trace
from opentelemetry.trace import NonRecordingSpan, Span, SpanKind, Status, StatusCode

from shared.telemetry.traceparent import context_of, current_traceparent, made_up

_TRACER = trace.get_tracer("sluice")


@contextmanager
def entry_span(
    name: str, kind: SpanKind, carrier: Mapping[str, str], attributes: Mapping[str, str | int]
) -> Iterator[Span]:
    """Be in a span that goes on with the trace in `carrier`, or begins one.

    There is a trace also when nothing exports it, so that logs can be joined by it.
    """
    with _TRACER.start_as_current_span(
        name, context=context_of(carrier), kind=kind, attributes=attributes
    ) as span:
        if span.get_span_context().is_valid:
            yield span
            return
    with trace.use_span(NonRecordingSpan(made_up())) as unrecorded:
        yield unrecorded


@contextmanager
def enqueue_span(queue: str) -> Iterator[str | None]:
    """Be in the span of an enqueue into `queue`; gives the `traceparent` for the job."""
    with _TRACER.start_as_current_span(
        f"enqueue {queue}", kind=SpanKind.PRODUCER, attributes={"sluice.queue": queue}
    ):
        yield current_traceparent()


def went_wrong(span: Span, why: str) -> None:
    """Mark a span as one that ended badly."""
    span.set_status(Status(StatusCode.ERROR, why))
