"""Exports that a job makes: asked for once, found by that job."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import PurePath
from typing import Final, cast

from psycopg import Connection

from functions.status.models.underway import Exported, ExportUnderway
from functions.status.settings import settings
from shared.clean.export import MEDIA_TYPES, ExportFormat
from shared.db import transaction
from shared.errors import Conflict, NotFound
from shared.http.attachment import attachment
from shared.jobs.about_record import enqueue_about
from shared.jobs.export_sheet import ExportSheet, written_by
from shared.nudge.nudge import nudge
from shared.queue.find import KnownJob, find
from shared.records.sheets import Sheet, prefix_of
from shared.storage import Store, open_store

_ASKED_ONCE: Final = timedelta(hours=22)
"""Who asks for the same file within this time gets the job that makes or has made it."""
_KEPT_FOR: Final = timedelta(hours=24)
"""From the job's end; then it is swept with the other objects that nothing refers to."""
_CELLS_PER_COST: Final = 1_000_000
_EXPIRED: Final = "This export has expired: ask for it again."


def start_export(sheet: Sheet, order: ExportSheet, *, cells: int) -> ExportUnderway:
    """Return the job that makes the file, which is the same one however often it is asked for."""
    with transaction(settings().database) as conn:
        job = _job_for(conn, sheet, order, cells)
    nudge(settings())
    url = f"/api/v1/sheets/tasks/{sheet.id}/exports/{job.id}"
    return ExportUnderway.of(sheet.id, job.id).model_copy(update={"export_url": url})


def find_export(sheet: Sheet, job_id: int) -> Exported | ExportUnderway:
    """Return where the file is, or that it is being made.

    Raises NotFound once it has expired, Conflict with the job's own error when that has failed.
    """
    job, store = _export_job(sheet, job_id), open_store(settings().storage_bucket)
    url = f"/api/v1/sheets/tasks/{sheet.id}/exports/{job_id}"
    if not job.ended:
        return ExportUnderway.of(sheet.id, job_id).model_copy(update={"export_url": url})
    key, expires_at = _file_of(store, sheet, job), _expiry(job)
    name = _name(sheet, key)
    signed = store.signed_url(key, until=expires_at, disposition=attachment(name))
    return Exported(
        record_id=sheet.id,
        job_id=job_id,
        format=_format(key),
        file_name=name,
        size=store.size(key) or 0,
        download_url=signed or f"{url}/file",
        expires_at=expires_at,
    )


def open_export(sheet: Sheet, job_id: int) -> tuple[Store, str, str]:
    """Return the bucket, the file's key and its name; raises like `find_export`, or Conflict."""
    job, store = _export_job(sheet, job_id), open_store(settings().storage_bucket)
    if not job.ended:
        raise Conflict("The file is still being made: follow its job until it is ready.")
    key = _file_of(store, sheet, job)
    return store, key, _name(sheet, key)


def _job_for(conn: Connection, sheet: Sheet, order: ExportSheet, cells: int) -> KnownJob:
    key = order.identity
    while True:
        job_id = enqueue_about(
            conn,
            sheet.id,
            order,
            owner=sheet.owner,
            cost=max(0.1, cells / _CELLS_PER_COST),
            unique_key=key,
            unique_while=_ASKED_ONCE,
        )
        job = find(conn, job_id)
        if job is not None and not _useless(sheet, job):
            return job
        # The next one is made once, too, by whoever finds this one useless first.
        key = f"{order.identity}:{job_id}"


def _useless(sheet: Sheet, job: KnownJob) -> bool:
    """Say whether somebody who asks again needs another job: a failed one would fail again."""
    if job.state != "completed":
        return job.state == "cancelled"
    store = open_store(settings().storage_bucket)
    return not store.keys(written_by(prefix_of(sheet.id), job.id))


def _export_job(sheet: Sheet, job_id: int) -> KnownJob:
    with transaction(settings().database) as conn:
        job = find(conn, job_id)
    if job is None or job.queue != ExportSheet.queue or job.subject != str(sheet.id):
        raise NotFound(f"This record has no export {job_id}.")
    if job.state == "cancelled":
        raise Conflict("The export was cancelled: ask for it again.", jobId=job.id)
    if job.state == "buried":
        message = str(job.errors[-1]["message"]) if job.errors else "The export has failed."
        raise Conflict(message, taskStatus="error", jobId=job.id)
    return job


def _file_of(store: Store, sheet: Sheet, job: KnownJob) -> str:
    keys = store.keys(written_by(prefix_of(sheet.id), job.id))
    if not keys or _expiry(job) < datetime.now(UTC):
        raise NotFound(_EXPIRED)
    return keys[-1]


def _expiry(job: KnownJob) -> datetime:
    assert job.ended_at is not None  # noqa: S101 - it has ended
    return job.ended_at + _KEPT_FOR


def _format(key: str) -> ExportFormat:
    return cast("ExportFormat", PurePath(key).suffix.removeprefix("."))


def _name(sheet: Sheet, key: str) -> str:
    return f"{PurePath(sheet.file_name).stem}.{_format(key)}"


def media_type(key: str) -> str:
    """Return what the file at this key is."""
    return MEDIA_TYPES[_format(key)]
