"""What the upload function serves."""

from __future__ import annotations

import hashlib
from uuid import UUID, uuid4

from flask import request

from functions.upload.edits import routes as edits
from functions.upload.extractions import routes as extractions
from functions.upload.idempotency import HEADERS, Idempotency, answered_before, idempotency_key
from functions.upload.models import (
    Accepted,
    Promised,
    PromiseUpload,
    StartFromUpload,
    UploadForm,
    accepted,
)
from functions.upload.promise import fulfilled, move_to_record, promise
from functions.upload.quota import check
from functions.upload.receive import receive, too_large
from functions.upload.reread import reread
from functions.upload.screenings import routes as screenings
from functions.upload.settings import settings
from functions.upload.start import start
from shared.clean.options import ParseOptions
from shared.db import transaction
from shared.errors import UnsupportedType
from shared.http.app import flask_app
from shared.http.identity import current_owner
from shared.http.typed import typed
from shared.http.validate import body_as
from shared.nudge.nudge import get_ready
from shared.records.sheets import original_key
from shared.storage import open_store

_FORM_BYTES = 512 * 1024
"""What a form may add to its file: boundaries, headers, and fields that say how to read it."""


app = flask_app("upload", settings)
app.register_blueprint(edits.blueprint)
app.register_blueprint(screenings.blueprint)
app.register_blueprint(extractions.blueprint)


@app.post("/api/v1/sheets/tasks")
@typed(
    status=202,
    problems=(404, 409, 413, 415, 429),
    bodies={"multipart/form-data": UploadForm, "application/json": StartFromUpload},
    headers=HEADERS,
)
def start_sheet() -> Accepted:
    """Store a spreadsheet and queue its parse."""
    get_ready(settings())
    if request.mimetype == "multipart/form-data":
        return _start_from_form()
    if request.mimetype == "application/json":
        return _start_from_upload(body_as(StartFromUpload))
    raise UnsupportedType(
        "Send the file as multipart/form-data in the field 'file', or JSON with an 'uploadId'."
    )


@app.post("/api/v1/sheets/tasks/<uuid:record_id>/parse")
@typed(status=202, problems=(404, 409))
def read_again(record_id: UUID, body: ParseOptions) -> Accepted:
    """Read a record's file again with these options; what they leave out is found by content."""
    get_ready(settings())
    return reread(settings(), current_owner(), record_id, body)


@app.post("/api/v1/uploads")
@typed(status=201, problems=(413, 429))
def promise_upload(body: PromiseUpload) -> Promised:
    """Open a resumable upload straight to the bucket, for files beyond one request's limit."""
    store = open_store(settings().storage_bucket)
    return promise(settings(), store, current_owner(), body, request.headers.get("Origin"))


def _start_from_form() -> Accepted:
    owner, key, limit = current_owner(), idempotency_key(), settings().max_inline_bytes
    if (request.content_length or 0) > limit + _FORM_BYTES:
        raise too_large(limit)
    if key is None:  # a repetition is answered as the first time, whatever there is by now
        with transaction(settings().database) as conn:
            check(conn, settings(), owner, size=request.content_length or 0)
    store, record_id = open_store(settings().storage_bucket), uuid4()
    file, options = receive(request, store, original_key(record_id), limit=limit)
    asked = f"{file.sha256} {file.name}{_said(options)}"
    idempotency = Idempotency(key, asked) if key else None
    return start(
        settings(), store, owner, record_id, file, options=options, idempotency=idempotency
    )


def _start_from_upload(body: StartFromUpload) -> Accepted:
    owner, key = current_owner(), idempotency_key()
    digest = hashlib.sha256(body.upload_id.bytes).hexdigest()
    idempotency = Idempotency(key, f"{digest}{_said(body.options)}") if key else None
    if given := answered_before(settings(), owner, idempotency):
        return accepted(given.record_id, given.job_id)
    store, record_id = open_store(settings().storage_bucket), uuid4()
    upload = fulfilled(settings(), store, owner, body.upload_id)
    file = move_to_record(store, upload, original_key(record_id))
    answer = start(
        settings(),
        store,
        owner,
        record_id,
        file,
        options=body.options,
        idempotency=idempotency,
        upload_id=body.upload_id,
    )
    store.delete(upload.object_key)
    return answer


def _said(options: ParseOptions) -> str:
    """Return what tells one way to read a file from another; nothing when nothing is said."""
    if not options.given:
        return ""
    return f" {hashlib.sha256(options.model_dump_json().encode()).hexdigest()}"
