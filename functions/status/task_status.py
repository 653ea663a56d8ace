"""A record and its job, told as one status."""

from __future__ import annotations

from uuid import UUID

from psycopg import Connection

from functions.status.models.task import TaskStatus
from functions.status.models.work import Work
from functions.status.record_json import record_json
from functions.status.work import work_forgotten, work_of
from shared.errors import NotFound
from shared.http.written import Written
from shared.jobs.export_sheet import ExportSheet
from shared.queue.find import JobQuery, KnownJob, by_id, newest_of
from shared.records import sheets

_FORGOTTEN = "The work on this file is no longer known. Upload the file again."


def status_of(
    conn: Connection, owner: str, record_id: UUID, job_id: int | None
) -> Written[TaskStatus]:
    """Return the status of the named job or, without one, of the record.

    Without a job id: the newest job that has not ended; else ready when there is clean data; else
    the newest job of all. Raises NotFound for a record or a job that is not the owner's.
    Call it in one snapshot: a job that ends between two looks would run beside what it published.
    """
    query = newest_job(record_id) if job_id is None else by_id(job_id)
    revision, columns = sheets.revision(conn, record_id, owner, *query)
    found = KnownJob(**columns) if columns["id"] else None
    record = record_json(conn, record_id, owner, revision)
    job = _job_of(record_id, found, job_id, parsed=record.parsed)
    if job is None:
        work = work_forgotten(record_id, filled=record.parsed, message=_FORGOTTEN)
    else:
        work = work_of(conn, record_id, job)
    return Written.of(Work(**work), record=record.json)


def newest_job(record_id: UUID) -> JobQuery:
    """Ask for the record's newest job that has not ended, else the newest; exports change nothing
    about a record and do not count.
    """
    return newest_of(str(record_id), besides=[ExportSheet.queue])


def _job_of(
    record_id: UUID, found: KnownJob | None, job_id: int | None, *, parsed: bool
) -> KnownJob | None:
    """Return the job that tells the status; None when the record itself does."""
    if job_id is None:
        return None if found and found.ended and parsed else found
    if found is None or found.subject != str(record_id):
        raise NotFound(f"This record has no job {job_id}. Leave jobId out to get its newest.")
    return found
