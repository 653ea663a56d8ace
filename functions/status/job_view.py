"""A job as its owner or an operator sees it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from psycopg import Connection

from functions.status.models.jobs import FailedAttempt, JobDetail, JobSummary
from functions.status.work import error_of, jobs_ahead, queue_position, state_of
from shared.queue.eta import eta_seconds
from shared.queue.explain import why_waiting
from shared.queue.find import KnownJob


def summary(job: KnownJob) -> JobSummary:
    """Return what a list says of a job."""
    return JobSummary(**_summary(job))


def detail(conn: Connection, job: KnownJob, *, with_traces: bool) -> JobDetail:
    """Return all about a job; traces are for operators only."""
    ahead = jobs_ahead(conn, job)
    return JobDetail(
        **_summary(job),
        batch_id=job.batch_id,
        priority=job.priority,
        cost=job.cost,
        due_at=job.due_at,
        worked_seconds=round(_worked(job).total_seconds(), 3),
        phase=job.phase or None,
        done=job.done,
        total=job.total,
        eta_seconds=eta_seconds(conn, job, ahead=ahead),
        queue_position=queue_position(ahead),
        waiting_because=why_waiting(conn, job),
        failures=[_failed(error, with_traces=with_traces) for error in job.errors],
    )


def _summary(job: KnownJob) -> dict[str, Any]:
    return {
        "job_id": job.id,
        "queue": job.queue,
        "tenant": job.tenant,
        "record_id": job.subject,
        "state": state_of(job),
        "attempt": job.attempts,
        "max_attempts": job.max_attempts,
        "error": error_of(job),
        "created_at": job.created_at,
        "started_at": job.started_at,
        "ended_at": job.ended_at,
    }


def _worked(job: KnownJob) -> timedelta:
    if job.ended or job.started_at is None:
        return job.worked
    return job.worked + (datetime.now(UTC) - job.started_at)


def _failed(error: dict[str, Any], *, with_traces: bool) -> FailedAttempt:
    return FailedAttempt(
        attempt=error["attempt"],
        message=error["message"],
        trace=error.get("trace") if with_traces else None,
        started_at=error.get("startedAt"),
        ended_at=error.get("endedAt"),
    )
