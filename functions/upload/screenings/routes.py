"""Start a screening."""

from __future__ import annotations

import hashlib
from uuid import UUID, uuid4

from flask import Blueprint, request
from psycopg import Connection

from functions.upload.idempotency import HEADERS
from functions.upload.language.begin import begin
from functions.upload.promise import fulfilled, move_to_record, use_up
from functions.upload.screenings.form import read_form
from functions.upload.screenings.models import (
    ScreeningAccepted,
    ScreeningForm,
    ScreeningFromUpload,
    ScreeningOptions,
)
from functions.upload.settings import settings
from shared.errors import TooLarge, UnsupportedType
from shared.http.identity import current_owner
from shared.http.typed import typed
from shared.http.validate import body_as
from shared.jobs.screen_literature import ScreenLiterature
from shared.jobs.with_allowance import enqueue_with_allowance
from shared.nudge.nudge import get_ready
from shared.records import screenings
from shared.records.model_use import Allowance
from shared.records.sheets import StoredFile
from shared.storage import open_store

blueprint = Blueprint("screenings", __name__, url_prefix="/api/v1/screenings/tasks")

_MIB = 1 << 20
_MOST_BYTES = 512 * _MIB
"""Fifty thousand references, the most that a screening has, are well below it."""


@blueprint.post("")
@typed(
    status=202,
    problems=(404, 409, 413, 415, 429),
    bodies={"multipart/form-data": ScreeningForm, "application/json": ScreeningFromUpload},
    headers=HEADERS,
)
def start_screening() -> ScreeningAccepted:
    """Read references, find duplicates, and have two models judge each by title and abstract."""
    get_ready(settings())
    if request.mimetype == "multipart/form-data":
        return _from_form()
    if request.mimetype == "application/json":
        return _from_upload(body_as(ScreeningFromUpload))
    raise UnsupportedType(
        "Send the file as multipart/form-data in the field 'file', or JSON with an 'uploadId'."
    )


def _from_form() -> ScreeningAccepted:
    form = read_form(request, limit=settings().max_inline_bytes)
    record_id, digest = uuid4(), hashlib.sha256(form.data).hexdigest()
    key = screenings.original_key(record_id)
    open_store(settings().storage_bucket).create(key, form.data)
    file = StoredFile(key=key, name=form.name, size=len(form.data), sha256=digest)
    return _start(record_id, file, form.options, digest)


def _from_upload(body: ScreeningFromUpload) -> ScreeningAccepted:
    store, record_id = open_store(settings().storage_bucket), uuid4()
    upload = fulfilled(settings(), store, current_owner(), body.upload_id)
    if upload.file_size > _MOST_BYTES:
        raise TooLarge(
            f"A file of references may have {_MOST_BYTES // _MIB} MiB: split it.",
            limitBytes=_MOST_BYTES,
        )
    file = move_to_record(store, upload, screenings.original_key(record_id))
    options = ScreeningOptions(criteria=body.criteria, rule=body.rule, mapping=body.mapping)
    accepted = _start(record_id, file, options, str(body.upload_id), upload_id=body.upload_id)
    store.delete(upload.object_key)
    return accepted


def _start(
    record_id: UUID,
    file: StoredFile,
    options: ScreeningOptions,
    content: str,
    *,
    upload_id: UUID | None = None,
) -> ScreeningAccepted:
    owner = current_owner()
    mapping = {str(field): column for field, column in options.mapping.items()}

    def create(conn: Connection) -> int:
        if upload_id:
            use_up(conn, upload_id)
        screenings.create(
            conn,
            record_id,
            owner,
            file,
            criteria=options.criteria,
            mapping=mapping,
            rule=options.rule,
        )
        return enqueue_with_allowance(
            conn, owner, record_id, payload_of, cost=max(1.0, file.size / _MIB)
        )

    def payload_of(allowance: Allowance) -> ScreenLiterature:
        return ScreenLiterature(
            prefix=screenings.prefix_of(record_id),
            record_id=record_id,
            source=file.key,
            criteria=options.criteria,
            mapping=mapping,
            tokens=allowance.tokens,
            calls_per_minute=allowance.calls_per_minute,
        )

    asked = f"{content} {file.name} {options.model_dump_json()}"
    found, job_id = begin(
        settings(),
        open_store(settings().storage_bucket),
        owner,
        record_id,
        create,
        request_hash=hashlib.sha256(asked.encode()).hexdigest(),
        objects=(file.key,),
        size=None if upload_id else file.size,
    )
    return ScreeningAccepted(
        record_id=found,
        job_id=job_id,
        status_url=f"/api/v1/screenings/tasks/{found}/status?jobId={job_id}",
    )
