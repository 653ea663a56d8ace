"""Sheet records: lists, status, removal."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint

from functions.status import cursor
from functions.status.models.pages import ListQuery
from functions.status.models.records import Deleted, RecordList
from functions.status.models.task import StatusQuery, TaskStatus
from functions.status.settings import settings
from functions.status.task_status import status_of
from shared.db import transaction
from shared.http.identity import current_owner
from shared.http.record import Record, record_of
from shared.http.typed import typed
from shared.http.written import Written
from shared.queue.purge import purge
from shared.records import idempotency_keys, sheets
from shared.storage import open_store

blueprint = Blueprint("sheets", __name__, url_prefix="/api/v1/sheets/tasks")


@blueprint.get("")
@typed()
def list_records(query: ListQuery) -> RecordList:
    """List the caller's records, newest first."""
    with transaction(settings().database) as conn:
        found = sheets.list_of_owner(
            conn, current_owner(), before=cursor.decode(query.cursor), limit=query.limit + 1
        )
    listed, next_cursor = cursor.page(found, query.limit)
    return RecordList(
        records=[record_of(sheet) for sheet in listed],
        next_cursor=next_cursor,
    )


@blueprint.get("/<uuid:record_id>")
@typed(problems=(404,))
def read_record(record_id: UUID) -> Record:
    """Return a record."""
    with transaction(settings().database) as conn:
        return record_of(sheets.require(conn, record_id, current_owner()))


@blueprint.get("/<uuid:record_id>/status")
@typed(problems=(404,))
def read_status(record_id: UUID, query: StatusQuery) -> Written[TaskStatus]:
    """Tell how far the work on a record has come."""
    with transaction(settings().database, snapshot=True) as conn:
        return status_of(conn, current_owner(), record_id, query.job_id)


@blueprint.delete("/<uuid:record_id>")
@typed(problems=(404,))
def delete(record_id: UUID) -> Deleted:
    """Delete a record, its objects, and all that the queue knows of it."""
    with transaction(settings().database) as conn:
        sheets.require(conn, record_id, current_owner())
        purge(conn, str(record_id))
        idempotency_keys.forget(conn, record_id)
        sheets.delete(conn, record_id)
    store = open_store(settings().storage_bucket)
    store.delete(*store.keys(f"{sheets.prefix_of(record_id)}/"))
    return Deleted(record_id=record_id)
