"""A job, told as the work on its record."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from psycopg import Connection

from functions.status.models.jobs import JobState
from functions.status.models.work import Status
from shared.queue.eta import eta_seconds
from shared.queue.find import KnownJob
from shared.queue.position import MAX_POSITION, position

_STATUS_OF: dict[JobState, Status] = {
    "completed": "ready",
    "cancelled": "cancelled",
    "buried": "error",
}


def work_of(conn: Connection, record_id: UUID, job: KnownJob) -> dict[str, Any]:
    """Return the fields of Work."""
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


def work_forgotten(record_id: UUID, *, filled: bool, message: str) -> dict[str, Any]:
    """Return the fields of Work whose job the queue no longer knows; unless the record is `filled`
    it has failed, with the message.
    """
    return {
        **dict.fromkeys(("job_id", "state", "phase", "rows_done", "rows_total", "eta_seconds")),
        "record_id": record_id,
        "status": "ready" if filled else "error",
        "progress": 100 if filled else 0,
        "attempt": 0,
        "queue_position": None,
        "error": None if filled else message,
    }


def state_of(job: KnownJob) -> JobState:
    """Return the queue's state, telling a running job that somebody has cancelled apart."""
    return "cancelling" if job.cancel_requested else job.state


def error_of(job: KnownJob) -> str | None:
    """Return the last attempt's error while it still matters."""
    if job.errors and job.state in ("buried", "retrying", "waiting"):
        return str(job.errors[-1]["message"])
    return None


def jobs_ahead(conn: Connection, job: KnownJob) -> int | None:
    """Return how many jobs go before a waiting one, None for another."""
    return position(conn, job.id) if job.state == "waiting" else None


def queue_position(ahead: int | None) -> int | str | None:
    """Return the number as the page sees it: an end to counting is said."""
    return f"{MAX_POSITION}+" if ahead is not None and ahead > MAX_POSITION else ahead


def _percent(job: KnownJob) -> int:
    if job.state == "completed":
        return 100
    # 100 is kept for the moment when the result is there.
    return min(99, job.done * 100 // job.total) if job.total and job.done is not None else 0
