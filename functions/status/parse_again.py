"""The job that makes clean data which a reader has missed."""

from __future__ import annotations

from datetime import timedelta

from psycopg import Connection

from functions.status.models.underway import Underway
from functions.status.settings import settings
from functions.status.task_status import newest_job
from shared.clean.options import NO_OPTIONS, ParseOptions
from shared.clean.source import Source
from shared.db import transaction
from shared.errors import Conflict
from shared.http.identity import current_owner
from shared.jobs.enqueue_parse import enqueue_parse
from shared.nudge.nudge import nudge
from shared.queue.find import KnownJob, find, found
from shared.records import sheets
from shared.records.sheets import Sheet
from shared.storage import open_store

_REMEMBERED = timedelta(days=1)
"""However many ask, a version whose clean data has gone is parsed once in this time."""
_CANCELLED = "The work on this file was cancelled: retry the job, or upload it again."
_GONE = "The uploaded file is no longer there, so it cannot be read again: upload it again."


def parse_again(tried: Sheet) -> Underway | None:
    """Return the parse under way for a record whose clean data is missing; start it if there is
    none. None when the record has other clean data by now than was tried.

    Raises Conflict, with the job's own error, when that parse has failed or was cancelled.
    """
    with transaction(settings().database) as conn:
        # The job comes first: what an ended one has published is then in the record that is read.
        newest = found(conn, newest_job(tried.id))
        sheet = sheets.require(conn, tried.id, current_owner())
        if sheet.clean_data_key != tried.clean_data_key:
            return None
        first = None if sheet.parsed else newest
        job = _again(conn, sheet) if first is None or first.state == "completed" else first
    if job is None:
        return None
    _raise_if_failed(job)
    nudge(settings())
    return Underway.of(sheet.id, job.id)


def _again(conn: Connection, sheet: Sheet) -> KnownJob | None:
    if open_store(settings().storage_bucket).size(sheet.file_key) is None:
        raise Conflict(_GONE)
    job_id = enqueue_parse(
        conn,
        sheet,
        _options(sheet),
        again=True,
        # A parse that ends well gives the record another key, and this one is never used again.
        unique_key=f"{sheet.id}:{sheet.version}:{sheet.clean_data_key}",
        unique_while=_REMEMBERED,
    )
    return find(conn, job_id)


def _options(sheet: Sheet) -> ParseOptions:
    """Return what the file was read with, so that the same comes out again."""
    source = None if sheet.source is None else Source.model_validate(sheet.source)
    return (source and source.options) or NO_OPTIONS


def _raise_if_failed(job: KnownJob) -> None:
    if job.state == "cancelled":
        raise Conflict(_CANCELLED, taskStatus="cancelled", jobId=job.id)
    if job.state == "buried":
        message = str(job.errors[-1]["message"]) if job.errors else "The work on this file failed."
        raise Conflict(message, taskStatus="error", jobId=job.id)
