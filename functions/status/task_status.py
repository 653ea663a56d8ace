"""A record and its job, told as one status."""

from __future__ import annotations

from uuid import UUID

from psycopg import Connection

from functions.status.models.jobs import JobState
from functions.status.models.task import Status, TaskStatus
from shared.errors import NotFound
from shared.http.record import record_of
from shared.jobs.export_sheet import ExportSheet
from shared.queue.eta import eta_seconds
from shared.queue.find import KnownJob, find, find_newest
from shared.queue.position import MAX_POSITION, position
from shared.records import sheets
from shared.records.sheets import Sheet

_FORGOTTEN = "The work on this file is no longer known. Upload the file again."

_STATUS_OF: dict[JobState, Status] = {
    "completed": "ready",
    "cancelled": "cancelled",
    "buried": "error",
}


def status_of(conn: Connection, owner: str, record_id: UUID, job_id: int | None) -> TaskStatus:
    """Return the status of the named job or, without one, of the record.

    Without a job id: the newest job that has not ended; else ready when there is clean data; else
    the newest job of all. Raises NotFound for a record or a job that is not the owner's.
    Call it in one snapshot: a job that ends between two looks would run beside what it published.
    """
    found = newest_job(conn, record_id) if job_id is None else find(conn, job_id)
    sheet = sheet_of(conn, owner, record_id)
    job = _job_of(sheet, found, job_id)
    if job is None:
        return _without_job(sheet)
    state = state_of(job)
    ahead = jobs_ahead(conn, job)
    return TaskStatus(
        record_id=sheet.id,
        job_id=job.id,
        status=_STATUS_OF.get(state, "processing"),
        state=state,
        progress=_progress(job),
        phase=job.phase or None,
        rows_done=job.done,
        rows_total=job.total,
        eta_seconds=eta_seconds(conn, job, ahead=ahead),
        attempt=job.attempts,
        queue_position=queue_position(ahead),
        error=error_of(job),
        record=record_of(sheet),
    )


def newest_job(conn: Connection, record_id: UUID) -> KnownJob | None:
    """Return the record's newest job that has not ended, else the newest; exports change nothing
    about a record and do not count.
    """
    return find_newest(conn, str(record_id), besides=[ExportSheet.queue])


def sheet_of(conn: Connection, owner: str, record_id: UUID) -> Sheet:
    """Return the owner's record; raises NotFound."""
    sheet = sheets.find(conn, record_id, owner)
    if sheet is None:
        raise NotFound("There is no such record, or it has expired. Upload the file again.")
    return sheet


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


def _job_of(sheet: Sheet, found: KnownJob | None, job_id: int | None) -> KnownJob | None:
    """Return the job that tells the status; None when the record itself does."""
    if job_id is None:
        return None if found and found.ended and sheet.parsed else found
    if found is None or found.subject != str(sheet.id):
        raise NotFound(f"This record has no job {job_id}. Leave jobId out to get its newest.")
    return found


def _without_job(sheet: Sheet) -> TaskStatus:
    return TaskStatus(
        record_id=sheet.id,
        job_id=None,
        status="ready" if sheet.parsed else "error",
        state=None,
        progress=100 if sheet.parsed else 0,
        phase=None,
        rows_done=None,
        rows_total=None,
        eta_seconds=None,
        attempt=0,
        queue_position=None,
        error=None if sheet.parsed else _FORGOTTEN,
        record=record_of(sheet),
    )


def _progress(job: KnownJob) -> int:
    if job.state == "completed":
        return 100
    if not job.total or job.done is None:
        return 0
    # 100 is kept for the moment when the result is there.
    return min(99, job.done * 100 // job.total)
