"""Read a record's file again, in another way."""

from __future__ import annotations

from uuid import UUID

from psycopg import Connection

from functions.upload.models import Accepted, accepted
from functions.upload.settings import UploadSettings
from shared.clean.options import ParseOptions
from shared.db import transaction
from shared.errors import Conflict, DuplicateJob, PayloadTooLarge, Unprocessable
from shared.jobs.edit_sheet import EditSheet
from shared.jobs.enqueue_parse import enqueue_parse
from shared.jobs.parse_excel import ParseExcel
from shared.nudge.nudge import nudge
from shared.queue.find import find_newest
from shared.records import sheets
from shared.records.sheets import Sheet


def reread(
    settings: UploadSettings, owner: str, record_id: UUID, options: ParseOptions
) -> Accepted:
    """Queue a parse that replaces the clean data of the record's current version.

    Raises NotFound, Conflict while the record is being worked on, Unprocessable for too much.
    """
    with transaction(settings.database) as conn:
        sheet = sheets.require(conn, record_id, owner)
        _refuse_while_worked_on(conn, record_id)
        job_id = _enqueue(conn, sheet, options)
    nudge(settings)
    return accepted(record_id, job_id)


def _refuse_while_worked_on(conn: Connection, record_id: UUID) -> None:
    job = find_newest(conn, str(record_id))
    if job and not job.ended and job.queue in (ParseExcel.queue, EditSheet.queue):
        raise _busy(job.id)


def _enqueue(conn: Connection, sheet: Sheet, options: ParseOptions) -> int:
    try:
        return enqueue_parse(
            conn, sheet, options, again=True, unique_key=str(sheet.id), refuse_duplicate=True
        )
    except DuplicateJob as other:
        raise _busy(other.job_id) from other
    except PayloadTooLarge as error:
        raise too_much() from error


def too_much() -> Unprocessable:
    """Return the answer to options that no job can carry."""
    return Unprocessable("These are too many options: leave out the types that would be found.")


def _busy(job_id: int) -> Conflict:
    return Conflict(
        f"Job {job_id} is working on this record: wait for it, or cancel it.", jobId=job_id
    )
