"""Jobs, one's own or, for operators, everybody's: list, show, cancel, retry."""

from __future__ import annotations

from flask import Blueprint
from psycopg import Connection

from functions.status import cursor
from functions.status.job_view import detail, summary
from functions.status.models.jobs import JobChanged, JobDetail, JobList, JobsQuery
from functions.status.scope import asks_as_operator, known_queue, may_see, tenant_meant
from functions.status.settings import settings
from shared.db import transaction
from shared.errors import Conflict, NotFound
from shared.http.typed import typed
from shared.nudge.nudge import nudge
from shared.queue.cancel import cancel
from shared.queue.find import KnownJob, find
from shared.queue.requeue import requeue
from shared.queue.search import Wanted, known, search

blueprint = Blueprint("jobs", __name__, url_prefix="/api/v1/jobs")


@blueprint.get("")
@typed(problems=(403, 404))
def list_jobs(query: JobsQuery) -> JobList:
    """List jobs, newest first: one's own or, for operators, everybody's."""
    wanted = Wanted(
        tenant=tenant_meant(query),
        queue=query.queue,
        subject=query.subject,
        states=None if query.state is None else frozenset({query.state}),
    )
    before = cursor.decode_id(query.cursor)
    with transaction(settings().database) as conn:
        if query.queue is not None:
            known_queue(conn, query.queue)
        found = search(conn, wanted, before=before, limit=query.limit)
        jobs = known(conn, found.ids)
    return JobList(
        jobs=[summary(job) for job in jobs],
        next_cursor=None if found.next_before is None else str(found.next_before),
    )


@blueprint.get("/<int:job_id>")
@typed(problems=(404,))
def read_job(job_id: int) -> JobDetail:
    """Tell all about a job: each failed attempt, and why it waits."""
    with transaction(settings().database) as conn:
        return detail(conn, _job(conn, job_id), with_traces=asks_as_operator())


@blueprint.post("/<int:job_id>/cancel")
@typed(problems=(404, 409))
def cancel_job(job_id: int) -> JobChanged:
    """Cancel a job that waits or runs."""
    with transaction(settings().database) as conn:
        _job(conn, job_id)
        reached = cancel(conn, job_id)
    if reached == "ended":
        raise Conflict("The job has ended already: there is nothing to cancel.")
    return JobChanged(job_id=job_id, state=reached)


@blueprint.post("/<int:job_id>/retry")
@typed(problems=(404, 409))
def retry_job(job_id: int) -> JobChanged:
    """Let a failed or cancelled job run again."""
    with transaction(settings().database) as conn:
        _job(conn, job_id)
        if not requeue(conn, job_id):
            raise Conflict("Only a job that has failed or was cancelled can be retried.")
    nudge(settings())
    return JobChanged(job_id=job_id, state="waiting")


def _job(conn: Connection, job_id: int) -> KnownJob:
    job = find(conn, job_id) if job_id.bit_length() < 64 else None  # noqa: PLR2004 - a bigint
    if job is None or not may_see(job.tenant):
        raise NotFound(f"There is no job {job_id}.")
    return job
