"""Sheet records: status, rows, downloads, removal."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import PurePath
from urllib.parse import quote
from uuid import UUID

from flask import Blueprint, Response

from functions.status import cursor
from functions.status.clean_data import clean_data_key
from functions.status.models.pages import ExportQuery, ListQuery, PageQuery
from functions.status.models.records import Deleted, RecordList
from functions.status.models.task import StatusQuery, TaskStatus
from functions.status.settings import settings
from functions.status.task_status import sheet_of, status_of
from shared.clean.export import MEDIA_TYPES, export
from shared.clean.manifest import read_manifest
from shared.clean.page import Page, read_page
from shared.clean.profile import Profile, read_profile
from shared.clean.rows import iterate_rows
from shared.db import transaction
from shared.http.identity import current_user
from shared.http.record import Record, record_of
from shared.http.typed import typed
from shared.queue.purge import purge
from shared.records import idempotency_keys, sheets
from shared.storage import open_store

blueprint = Blueprint("sheets", __name__, url_prefix="/api/v1/sheets/tasks")

_NDJSON = "application/x-ndjson"


@blueprint.get("")
@typed()
def list_records(query: ListQuery) -> RecordList:
    """List the caller's records, newest first."""
    with transaction(settings().database) as conn:
        found = sheets.list_of_owner(
            conn, current_user(), before=cursor.decode(query.cursor), limit=query.limit + 1
        )
    listed, more = found[: query.limit], found[query.limit :]
    return RecordList(
        records=[record_of(sheet) for sheet in listed],
        next_cursor=cursor.encode(listed[-1].created_at, listed[-1].id) if more else None,
    )


@blueprint.get("/<uuid:record_id>")
@typed(problems=(404,))
def read_record(record_id: UUID) -> Record:
    """Return a record."""
    with transaction(settings().database) as conn:
        return record_of(sheet_of(conn, current_user(), record_id))


@blueprint.get("/<uuid:record_id>/status")
@typed(problems=(404,))
def read_status(record_id: UUID, query: StatusQuery) -> TaskStatus:
    """Tell how far the work on a record has come."""
    with transaction(settings().database) as conn:
        return status_of(conn, current_user(), record_id, query.job_id)


@blueprint.get("/<uuid:record_id>/preview")
@typed(problems=(404, 409))
def preview(record_id: UUID, query: PageQuery) -> Page:
    """Return some rows of the clean data."""
    return read_page(
        open_store(settings().storage_bucket),
        clean_data_key(record_id),
        offset=query.offset,
        limit=query.limit,
        columns=query.columns,
    )


@blueprint.get("/<uuid:record_id>/profile")
@typed(problems=(404, 409))
def profile(record_id: UUID) -> Profile:
    """Return what each column holds: counts, extremes, quantiles, a histogram, top values."""
    store = open_store(settings().storage_bucket)
    return read_profile(store, read_manifest(store, clean_data_key(record_id)).profile_key)


@blueprint.get("/<uuid:record_id>/data")
@typed(problems=(404, 409), media=(_NDJSON,))
def data(record_id: UUID) -> Response:
    """Stream all rows, one JSON object a line."""
    store = open_store(settings().storage_bucket)
    rows = iterate_rows(store, read_manifest(store, clean_data_key(record_id)))
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    return Response(lines, content_type=_NDJSON)


@blueprint.get("/<uuid:record_id>/export")
@typed(problems=(404, 409), media=tuple(MEDIA_TYPES.values()))
def download(record_id: UUID, query: ExportQuery) -> Response:
    """Download all rows as a file."""
    with transaction(settings().database) as conn:
        name = sheet_of(conn, current_user(), record_id).file_name
    key = clean_data_key(record_id)
    chunks: Iterator[bytes] = export(open_store(settings().storage_bucket), key, query.format)
    headers = {"Content-Disposition": _attachment(f"{PurePath(name).stem}.{query.format}")}
    return Response(chunks, content_type=MEDIA_TYPES[query.format], headers=headers)


@blueprint.delete("/<uuid:record_id>")
@typed(problems=(404,))
def delete(record_id: UUID) -> Deleted:
    """Delete a record, its objects, and all that the queue knows of it."""
    with transaction(settings().database) as conn:
        sheet_of(conn, current_user(), record_id)
        purge(conn, str(record_id))
        idempotency_keys.forget(conn, record_id)
        sheets.delete(conn, record_id)
    store = open_store(settings().storage_bucket)
    store.delete(*store.keys(f"{sheets.prefix_of(record_id)}/"))
    return Deleted(record_id=record_id)


def _attachment(name: str) -> str:
    """Name a download twice: in any script (RFC 6266), and for clients that know only ASCII."""
    plain = re.sub(r"[^A-Za-z0-9._ -]", "_", name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
