"""Extractions: status, texts with values, resolutions, columns for the sheet, download, removal."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, Response

from functions.status import cursor
from functions.status.extractions.export import export
from functions.status.extractions.models import (
    ExtractedText,
    Extraction,
    ExtractionExportQuery,
    ExtractionList,
    ExtractionStarted,
    ExtractionStatus,
    ExtractionSummary,
    Resolve,
    Texts,
    TextsQuery,
)
from functions.status.extractions.resolution import check_span, value_of
from functions.status.extractions.view import (
    all_texts,
    extraction_of,
    field_of,
    shown,
    summary_of,
    texts_of,
)
from functions.status.extractions.work import apply, extract_again
from functions.status.language.table import MEDIA_TYPES
from functions.status.language.work import work_on
from functions.status.models.pages import ListQuery
from functions.status.models.records import Deleted
from functions.status.models.task import StatusQuery
from functions.status.settings import settings
from shared.db import transaction
from shared.errors import Conflict, NotFound
from shared.http.attachment import attachment
from shared.http.identity import current_owner, current_user
from shared.http.typed import typed
from shared.nudge.nudge import nudge
from shared.queue.purge import purge
from shared.records import extractions, idempotency_keys, resolutions, values
from shared.storage import open_store

blueprint = Blueprint("extractions", __name__, url_prefix="/api/v1/extractions/tasks")


@blueprint.get("")
@typed()
def list_extractions(query: ListQuery) -> ExtractionList:
    """List the caller's extractions, newest first."""
    with transaction(settings().database) as conn:
        found = extractions.list_of_owner(
            conn, current_owner(), before=cursor.decode(query.cursor), limit=query.limit + 1
        )
    listed, next_cursor = cursor.page(found, query.limit)
    return ExtractionList(
        records=[shown(each) for each in listed],
        next_cursor=next_cursor,
    )


@blueprint.get("/<uuid:record_id>")
@typed(problems=(404,))
def read_extraction(record_id: UUID) -> Extraction:
    """Return an extraction."""
    with transaction(settings().database) as conn:
        return shown(extraction_of(conn, current_owner(), record_id))


@blueprint.get("/<uuid:record_id>/status")
@typed(problems=(404,))
def extraction_status(record_id: UUID, query: StatusQuery) -> ExtractionStatus:
    """Tell how far an extraction is."""
    with transaction(settings().database, snapshot=True) as conn:
        stored = extraction_of(conn, current_owner(), record_id)
        filled = stored.total_texts is not None
        work = work_on(conn, record_id, query.job_id, filled=filled)
        return ExtractionStatus(**work, record=shown(stored))


@blueprint.get("/<uuid:record_id>/texts")
@typed(problems=(404,))
def list_texts(record_id: UUID, query: TextsQuery) -> Texts:
    """Return texts with their values and the exact characters that state them."""
    with transaction(settings().database) as conn:
        stored = extraction_of(conn, current_owner(), record_id)
        if query.field is not None:
            field_of(stored, query.field)
        found = values.matching(
            conn,
            record_id,
            to_check=query.to_check,
            field=query.field,
            after=query.after,
            limit=query.limit + 1,
        )
        numbers = found.numbers[: query.limit]
        texts = texts_of(conn, record_id, numbers)
    more = len(found.numbers) > query.limit
    return Texts(texts=texts, matched=found.matched, next_after=numbers[-1] if more else None)


@blueprint.get("/<uuid:record_id>/summary")
@typed(problems=(404,))
def summary(record_id: UUID) -> ExtractionSummary:
    """Return for each field on how many values models agree, and how many people should check."""
    with transaction(settings().database) as conn:
        return summary_of(conn, extraction_of(conn, current_owner(), record_id))


@blueprint.post("/<uuid:record_id>/resolutions")
@typed(problems=(404,))
def resolve(record_id: UUID, body: Resolve) -> ExtractedText:
    """Say what a field of a text holds, which counts before what models say."""
    with transaction(settings().database) as conn:
        stored = extraction_of(conn, current_owner(), record_id)
        value = value_of(body, field_of(stored, body.field))
        text = values.texts(conn, record_id, [body.number]).get(body.number)
        if text is None:
            raise NotFound(f"This extraction has no text {body.number}.")
        check_span(body.span, text)
        resolutions.resolve(
            conn,
            record_id,
            body.number,
            body.field,
            found=body.found,
            value=value,
            span=None if body.span is None else (body.span.start, body.span.end),
            by=current_user(),
        )
        return texts_of(conn, record_id, [body.number])[0]


@blueprint.post("/<uuid:record_id>/resolutions/undo")
@typed(problems=(404, 409))
def undo_resolution(record_id: UUID) -> ExtractedText:
    """Take back one's last resolution."""
    with transaction(settings().database) as conn:
        extraction_of(conn, current_owner(), record_id)
        number = resolutions.undo(conn, record_id, by=current_user())
        if number is None:
            raise Conflict("There is no resolution of yours to take back.")
        return texts_of(conn, record_id, [number])[0]


@blueprint.post("/<uuid:record_id>/columns")
@typed(status=202, problems=(404, 409, 422))
def add_columns(record_id: UUID) -> ExtractionStarted:
    """Add the values to the sheet record, as columns of a new version."""
    with transaction(settings().database) as conn:
        stored = extraction_of(conn, current_owner(), record_id)
        job_id = apply(conn, current_owner(), stored)
    nudge(settings())
    assert stored.sheet_id is not None  # noqa: S101 - else it was refused
    url = f"/api/v1/sheets/tasks/{stored.sheet_id}/status?jobId={job_id}"
    return ExtractionStarted(record_id=stored.sheet_id, job_id=job_id, status_url=url)


@blueprint.post("/<uuid:record_id>/again")
@typed(status=202, problems=(404, 409))
def again(record_id: UUID) -> ExtractionStarted:
    """Extract what is missing or has failed, after a task has ended."""
    with transaction(settings().database) as conn:
        job_id = extract_again(conn, extraction_of(conn, current_owner(), record_id))
    nudge(settings())
    url = f"/api/v1/extractions/tasks/{record_id}/status?jobId={job_id}"
    return ExtractionStarted(record_id=record_id, job_id=job_id, status_url=url)


@blueprint.get("/<uuid:record_id>/export")
@typed(problems=(404,), media=tuple(MEDIA_TYPES.values()))
def export_extraction(record_id: UUID, query: ExtractionExportQuery) -> Response:
    """Download all texts with their values."""
    with transaction(settings().database) as conn:
        stored = extraction_of(conn, current_owner(), record_id)
        data = export(all_texts(conn, stored), query.format)
    headers = {"Content-Disposition": attachment(f"extraction.{query.format}")}
    return Response(data, content_type=MEDIA_TYPES[query.format], headers=headers)


@blueprint.delete("/<uuid:record_id>")
@typed(problems=(404,))
def delete_extraction(record_id: UUID) -> Deleted:
    """Delete an extraction, its objects, and all that the queue knows of it."""
    with transaction(settings().database) as conn:
        extraction_of(conn, current_owner(), record_id)
        purge(conn, str(record_id))
        idempotency_keys.forget(conn, record_id)
        extractions.delete(conn, record_id)
    store = open_store(settings().storage_bucket)
    store.delete(*store.keys(f"{extractions.prefix_of(record_id)}/"))
    return Deleted(record_id=record_id)
