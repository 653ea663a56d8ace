"""The caller's jobs: list, cancel, retry."""

from __future__ import annotations

from flask import Blueprint
from psycopg import Connection

from functions.status import cursor
from functions.status.models import JobChanged, JobList, JobSummary, ListQuery
from functions.status.settings import settings
from functions.status.task_status import error_of, state_of
from shared.db import transaction
from shared.errors import Conflict, NotFound
from shared.http.identity import current_user
from shared.http.typed import typed
from shared.queue.cancel import cancel
from shared.queue.find import KnownJob, find, list_of_tenant
from shared.queue.requeue import requeue

blueprint = Blueprint("jobs", __name__, url_prefix="/api/v1/jobs")


@blueprint.get("")
@typed()
def list_jobs(query: ListQuery) -> JobList:
    """List the caller's jobs, newest first."""
    if query.cursor is not None and not query.cursor.isdecimal():
        raise cursor.invalid()
    before = None if query.cursor is None else int(query.cursor)
    with transaction(settings().database) as conn:
        found = list_of_tenant(conn, current_user(), before=before, limit=query.limit + 1)
    listed, more = found[: query.limit], found[query.limit :]
    return JobList(
        jobs=[_summary(job) for job in listed],
        next_cursor=str(listed[-1].id) if more else None,
    )


@blueprint.post("/<int:job_id>/cancel")
@typed(problems=(404, 409))
def cancel_job(job_id: int) -> JobChanged:
    """Cancel a job that waits or runs."""
    with transaction(settings().database) as conn:
        _own_job(conn, job_id)
        reached = cancel(conn, job_id)
    if reached == "ended":
        raise Conflict("The job has ended already: there is nothing to cancel.")
    return JobChanged(job_id=job_id, state=reached)


@blueprint.post("/<int:job_id>/retry")
@typed(problems=(404, 409))
def retry_job(job_id: int) -> JobChanged:
    """Let a failed or cancelled job run again."""
    with transaction(settings().database) as conn:
        _own_job(conn, job_id)
        if not requeue(conn, job_id):
            raise Conflict("Only a job that has failed or was cancelled can be retried.")
    return JobChanged(job_id=job_id, state="waiting")


def _own_job(conn: Connection, job_id: int) -> KnownJob:
    job = find(conn, job_id) if job_id.bit_length() < 64 else None  # noqa: PLR2004 - a bigint
    if job is None or job.tenant != current_user():
        raise NotFound(f"There is no job {job_id}.")
    return job


def _summary(job: KnownJob) -> JobSummary:
    return JobSummary(
        job_id=job.id,
        queue=job.queue,
        record_id=job.subject,
        state=state_of(job),
        attempt=job.attempts,
        max_attempts=job.max_attempts,
        error=error_of(job),
        created_at=job.created_at,
        started_at=job.started_at,
        ended_at=job.ended_at,
    )
