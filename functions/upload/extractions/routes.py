"""Start an extraction."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from uuid import UUID, uuid4

from flask import Blueprint, request
from psycopg import Connection

from functions.upload.extractions.models import ExtractionAccepted, ExtractionRequest
from functions.upload.idempotency import HEADERS
from functions.upload.language.begin import begin
from functions.upload.receive import too_large
from functions.upload.settings import settings
from shared.db import transaction
from shared.errors import Conflict, Unprocessable
from shared.http.identity import current_owner
from shared.http.typed import typed
from shared.http.validate import body_as
from shared.jobs.extract_fields import ExtractFields
from shared.jobs.with_allowance import enqueue_with_allowance
from shared.nudge.nudge import get_ready
from shared.records import extractions, sheets
from shared.records.extractions import Source
from shared.records.model_use import Allowance
from shared.storage import open_store

blueprint = Blueprint("extractions", __name__, url_prefix="/api/v1/extractions/tasks")


@blueprint.post("")
@typed(
    status=202,
    problems=(404, 409, 413, 429),
    bodies={"application/json": ExtractionRequest},
    headers=HEADERS,
)
def start_extraction() -> ExtractionAccepted:
    """Take the fields of a template out of texts, by two models."""
    get_ready(settings())
    if (request.content_length or 0) > settings().max_inline_bytes:
        raise too_large(settings().max_inline_bytes)
    body, record_id = body_as(ExtractionRequest), uuid4()
    source = _source(record_id, body)
    found, job_id = begin(
        settings(),
        open_store(settings().storage_bucket),
        current_owner(),
        record_id,
        _creator(current_owner(), record_id, body, source),
        request_hash=hashlib.sha256(body.model_dump_json().encode()).hexdigest(),
        objects=() if source.texts_key is None else (source.texts_key,),
        size=source.texts_size,
    )
    return ExtractionAccepted(
        record_id=found,
        job_id=job_id,
        status_url=f"/api/v1/extractions/tasks/{found}/status?jobId={job_id}",
    )


def _creator(
    owner: str, record_id: UUID, body: ExtractionRequest, source: Source
) -> Callable[[Connection], int]:
    def payload_of(allowance: Allowance) -> ExtractFields:
        return ExtractFields(
            prefix=extractions.prefix_of(record_id),
            record_id=record_id,
            template=body.template,
            texts_key=source.texts_key,
            clean_data_key=source.clean_data_key,
            column=source.column_name,
            tokens=allowance.tokens,
            calls_per_minute=allowance.calls_per_minute,
        )

    def create(conn: Connection) -> int:
        extractions.create(conn, record_id, owner, body.template, source)
        return enqueue_with_allowance(conn, owner, record_id, payload_of, cost=1.0)

    return create


def _source(record_id: UUID, body: ExtractionRequest) -> Source:
    """Store the texts, or find the column. Raises NotFound, Conflict, Unprocessable."""
    if body.texts is not None:
        key = f"{extractions.prefix_of(record_id)}/texts.json"
        data = json.dumps(body.texts, ensure_ascii=False).encode()
        open_store(settings().storage_bucket).create(key, data, "application/json")
        return Source(texts_key=key, texts_size=len(data))
    assert body.sheet_id is not None  # noqa: S101 - validated
    with transaction(settings().database) as conn:
        sheet = sheets.require(conn, body.sheet_id, current_owner())
    if sheet.clean_data_key is None:
        raise Conflict("The file is not read yet: follow its status until it is ready.")
    names = [str(column["name"]) for column in sheet.columns or []]
    if body.column not in names:
        raise Unprocessable(f"There is no column {body.column!r}: {', '.join(names[:50])}.")
    return Source(
        sheet_id=sheet.id,
        sheet_version=sheet.version,
        clean_data_key=sheet.clean_data_key,
        column_name=body.column,
    )
