"""How far the work on a screening or an extraction is."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from psycopg import Connection
from pydantic import Field, NonNegativeInt

from functions.status.models.jobs import JobState
from functions.status.task_status import error_of, jobs_ahead, queue_position, state_of
from shared.errors import NotFound
from shared.model import Model
from shared.queue.eta import eta_seconds
from shared.queue.find import KnownJob, find, find_newest

_STATUS_OF: dict[JobState, Literal["ready", "error", "cancelled"]] = {
    "completed": "ready",
    "cancelled": "cancelled",
    "buried": "error",
}


class Work(Model):
    """The state of a record's work; the same fields for every kind of record."""

    record_id: UUID
    job_id: int | None
    status: Literal["processing", "ready", "error", "cancelled"]
    state: JobState | None
    """The queue's own word for it; null when the queue has forgotten the job."""
    progress: Annotated[int, Field(ge=0, le=100)]
    """Percent of the phase's units that are done."""
    phase: str | None
    rows_done: int | None
    rows_total: int | None
    eta_seconds: float | None
    attempt: NonNegativeInt
    queue_position: int | str | None
    error: str | None


def work_on(
    conn: Connection, record_id: UUID, job_id: int | None, *, filled: bool
) -> dict[str, Any]:
    """Return the fields of Work: of the named job or, without one, of the record's newest.

    So a record whose task was cancelled or has failed says so, although it holds what was done by
    then. `filled` decides once the queue has forgotten its jobs. Raises NotFound for a job that is
    not the record's.
    """
    job = find_newest(conn, str(record_id)) if job_id is None else find(conn, job_id)
    if job_id is not None and (job is None or job.subject != str(record_id)):
        raise NotFound(f"This record has no job {job_id}. Leave jobId out to get its newest.")
    if job is None:
        return _without_job(record_id, filled=filled)
    return _with_job(conn, record_id, job)


def _with_job(conn: Connection, record_id: UUID, job: KnownJob) -> dict[str, Any]:
    state, ahead = state_of(job), jobs_ahead(conn, job)
    return {
        "record_id": record_id,
        "job_id": job.id,
        "status": _STATUS_OF.get(state, "processing"),
        "state": state,
        "progress": _percent(job),
        "phase": job.phase or None,
        "rows_done": job.done,
        "rows_total": job.total,
        "eta_seconds": eta_seconds(conn, job, ahead=ahead),
        "attempt": job.attempts,
        "queue_position": queue_position(ahead),
        "error": error_of(job),
    }


def _without_job(record_id: UUID, *, filled: bool) -> dict[str, Any]:
    return {
        **dict.fromkeys(("job_id", "state", "phase", "rows_done", "rows_total", "eta_seconds")),
        "record_id": record_id,
        "status": "ready" if filled else "error",
        "progress": 100 if filled else 0,
        "attempt": 0,
        "queue_position": None,
        "error": None if filled else "The work on this is no longer known. Start it again.",
    }


def _percent(job: KnownJob) -> int:
    if job.state == "completed":
        return 100
    return min(99, job.done * 100 // job.total) if job.total and job.done is not None else 0
