"""What the worker does, as spans, and whose job it is in all that is logged meanwhile."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Concatenate, ParamSpec

from opentelemetry.trace import Span, SpanKind

from functions.worker.ending import Outcome
from functions.worker.settings import WorkerSettings
from shared.queue.claim import ClaimedJob
from shared.telemetry.fields import log_fields
from shared.telemetry.spans import entry_span, went_wrong

P = ParamSpec("P")
Attempt = Callable[Concatenate[WorkerSettings, ClaimedJob, P], Outcome]

_BAD_ENDS = frozenset[Outcome]({"retried", "buried", "lost"})


def traced(attempt: Attempt[P]) -> Attempt[P]:
    """Let each call be a span in the trace of what enqueued the job."""

    @functools.wraps(attempt)
    def in_a_span(
        settings: WorkerSettings, job: ClaimedJob, /, *args: P.args, **kwargs: P.kwargs
    ) -> Outcome:
        with _attempt_span(job) as span:
            outcome = attempt(settings, job, *args, **kwargs)
            span.set_attribute("sluice.outcome", outcome)
            if outcome in _BAD_ENDS:
                went_wrong(span, outcome)
            return outcome

    return in_a_span


@contextmanager
def batch_span(jobs: Sequence[ClaimedJob]) -> Iterator[None]:
    """Be in the one span of all jobs of a batch: they may be more than a trace could hold."""
    queue = jobs[0].queue
    about: dict[str, str | int] = {"sluice.queue": queue, "sluice.jobs": len(jobs)}
    with (
        log_fields(queue=queue),
        entry_span(f"work {queue}", SpanKind.CONSUMER, {}, about),
    ):
        yield


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
