"""What the worker does, as spans, and whose job it is in all that is logged meanwhile."""

from __future__ import annotations

import functools
import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Concatenate, ParamSpec

from opentelemetry.trace import Span, SpanKind

from functions.worker.attempts.ending import Outcome
from functions.worker.settings import WorkerSettings
from shared.queue.claim import ClaimedJob
from shared.telemetry.fields import log_fields
from shared.telemetry.spans import entry_span, span_in_retrospect, went_wrong

_LOG = logging.getLogger("sluice.worker")

P = ParamSpec("P")
Attempt = Callable[Concatenate[WorkerSettings, ClaimedJob, P], Outcome]

_BAD_ENDS = frozenset[Outcome]({"retried", "buried", "lost"})


def traced(attempt: Attempt[P]) -> Attempt[P]:
    """Let each call be a span in the trace of what enqueued the job."""

    @functools.wraps(attempt)
    def in_a_span(
        settings: WorkerSettings, job: ClaimedJob, /, *args: P.args, **kwargs: P.kwargs
    ) -> Outcome:
        began = time.monotonic()
        with _attempt_span(job) as span:
            outcome = attempt(settings, job, *args, **kwargs)
            _LOG.info("Job %s: %s after %.2f s", job.id, outcome, time.monotonic() - began)
            span.set_attribute("sluice.outcome", outcome)
            if outcome in _BAD_ENDS:
                went_wrong(span, outcome)
            return outcome

    return in_a_span


def record_batch(queue: str, jobs: int, seconds: float) -> None:
    """Record a batch that has just been done, as one span: its jobs may be too many for a trace."""
    span_in_retrospect(
        f"work {queue}", SpanKind.CONSUMER, seconds, {"sluice.queue": queue, "sluice.jobs": jobs}
    )


@contextmanager
def _attempt_span(job: ClaimedJob) -> Iterator[Span]:
    about: dict[str, str | int] = {
        "sluice.job": job.id,
        "sluice.fence": job.fence,
        "sluice.queue": job.queue,
        "sluice.attempt": job.attempts,
        "sluice.max_attempts": job.max_attempts,
    }
    if job.subject is not None:
        about["sluice.record"] = job.subject
    carrier = {} if job.trace is None else {"traceparent": job.trace}
    with (
        log_fields(job=job.id, record=job.subject, fence=job.fence, queue=job.queue),
        entry_span(f"work {job.queue}", SpanKind.CONSUMER, carrier, about) as span,
    ):
        yield span
