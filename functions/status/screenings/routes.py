"""Screenings: status, references and verdicts, decisions, summary, picture, download, removal."""

from __future__ import annotations

import random
from pathlib import PurePath
from uuid import UUID

from flask import Blueprint, Response, request

from functions.status import cursor
from functions.status.language.work import work_on
from functions.status.models.pages import ListQuery
from functions.status.models.records import Deleted
from functions.status.models.task import StatusQuery
from functions.status.screenings import decisions
from functions.status.screenings.again import screen_again
from functions.status.screenings.export import MEDIA_TYPES, export
from functions.status.screenings.models import (
    Decide,
    PictureQuery,
    References,
    ReferencesQuery,
    SampleQuery,
    ScreenedReference,
    Screening,
    ScreeningExportQuery,
    ScreeningList,
    ScreeningStarted,
    ScreeningStatus,
    Summary,
    UndoDecision,
)
from functions.status.screenings.picture import POLICY, Language, picture
from functions.status.screenings.view import (
    decided,
    page_of,
    screening_of,
    shown,
    shown_reference,
    summary_of,
)
from functions.status.settings import settings
from shared.db import transaction
from shared.errors import NotFound
from shared.http.attachment import attachment
from shared.http.identity import current_owner, current_user
from shared.http.typed import typed
from shared.http.validate import body_as
from shared.nudge.nudge import nudge
from shared.queue.purge import purge
from shared.records import idempotency_keys, references, screenings
from shared.storage import open_store

blueprint = Blueprint("screenings", __name__, url_prefix="/api/v1/screenings/tasks")

_SVG = "image/svg+xml"


@blueprint.get("")
@typed()
def list_screenings(query: ListQuery) -> ScreeningList:
    """List the caller's screenings, newest first."""
    with transaction(settings().database) as conn:
        found = screenings.list_of_owner(
            conn, current_owner(), before=cursor.decode(query.cursor), limit=query.limit + 1
        )
    listed, next_cursor = cursor.page(found, query.limit)
    return ScreeningList(
        records=[shown(each) for each in listed],
        next_cursor=next_cursor,
    )


@blueprint.get("/<uuid:record_id>")
@typed(problems=(404,))
def read_screening(record_id: UUID) -> Screening:
    """Return a screening."""
    with transaction(settings().database) as conn:
        return shown(screening_of(conn, current_owner(), record_id))


@blueprint.get("/<uuid:record_id>/status")
@typed(problems=(404,))
def screening_status(record_id: UUID, query: StatusQuery) -> ScreeningStatus:
    """Tell how far a screening is."""
    with transaction(settings().database, snapshot=True) as conn:
        stored = screening_of(conn, current_owner(), record_id)
        filled = stored.total_records is not None
        work = work_on(conn, record_id, query.job_id, filled=filled)
        return ScreeningStatus(**work, record=shown(stored))


@blueprint.get("/<uuid:record_id>/references")
@typed(problems=(404,))
def list_references(record_id: UUID, query: ReferencesQuery) -> References:
    """Return references with verdicts and decisions, most likely relevant first."""
    with transaction(settings().database) as conn:
        stored = screening_of(conn, current_owner(), record_id)
        found = references.judged(
            conn,
            record_id,
            stored.rule,
            outcome=query.outcome,
            decided=query.decided,
            duplicates=query.duplicates,
            order=query.order,
            offset=query.offset,
            limit=query.limit,
        )
        return page_of(conn, stored, found.references, matched=found.matched, offset=query.offset)


@blueprint.post("/<uuid:record_id>/decisions")
@typed(problems=(404,))
def decide(record_id: UUID, body: Decide) -> ScreenedReference:
    """Decide on a reference; what is left is ranked anew."""
    with transaction(settings().database) as conn:
        decisions.decide(conn, current_owner(), current_user(), record_id, body)
    nudge(settings())
    return _reference(record_id, body.number)


@blueprint.post("/<uuid:record_id>/decisions/undo")
@typed(problems=(404, 409, 422), bodies={"application/json": UndoDecision})
def undo_decision(record_id: UUID) -> ScreenedReference:
    """Take back one's last decision: on any reference or, with a body, on that one."""
    asked = body_as(UndoDecision) if request.content_length else UndoDecision()
    with transaction(settings().database) as conn:
        number = decisions.undo(conn, current_owner(), current_user(), record_id, asked.number)
    return _reference(record_id, number)


@blueprint.get("/<uuid:record_id>/summary")
@typed(problems=(404,))
def summary(record_id: UUID) -> Summary:
    """Return counts, agreement, Cohen's kappa, PRISMA's numbers and the cost."""
    with transaction(settings().database) as conn:
        return summary_of(conn, screening_of(conn, current_owner(), record_id))


@blueprint.get("/<uuid:record_id>/prisma.svg")
@typed(problems=(404,), media=(_SVG,), headers={"Accept-Language": "English or Chinese."})
def prisma(record_id: UUID, query: PictureQuery) -> Response:
    """Draw the PRISMA 2020 flow, in English or Chinese, on light or dark ground."""
    with transaction(settings().database) as conn:
        counts = summary_of(conn, screening_of(conn, current_owner(), record_id)).prisma
    best = request.accept_languages.best_match(["en", "zh"], default="en")
    language: Language = query.lang or ("zh" if best == "zh" else "en")
    headers = {
        "Content-Language": language,
        "Content-Security-Policy": POLICY,
        "Vary": "Accept-Language",
    }
    return Response(picture(counts, language), content_type=_SVG, headers=headers)


@blueprint.get("/<uuid:record_id>/error-sample")
@typed(problems=(404,))
def error_sample(record_id: UUID, query: SampleQuery) -> References:
    """Draw records that both models exclude and nobody has looked at, to find what they miss."""
    with transaction(settings().database) as conn:
        stored = screening_of(conn, current_owner(), record_id)
        agreed = references.judged(
            conn, record_id, stored.rule, outcome="exclude", decided=False, duplicates=False
        )
        dice = random.Random(query.seed)  # noqa: S311 - a sample that can be drawn again
        drawn = dice.sample(agreed.references, min(query.size, agreed.matched))
        return page_of(conn, stored, drawn, matched=agreed.matched)


@blueprint.get("/<uuid:record_id>/export")
@typed(problems=(404,), media=tuple(MEDIA_TYPES.values()))
def export_screening(record_id: UUID, query: ScreeningExportQuery) -> Response:
    """Download the references with what was decided."""
    with transaction(settings().database) as conn:
        stored = screening_of(conn, current_owner(), record_id)
        found = references.judged(conn, record_id, stored.rule).references
    if query.outcome is not None:
        found = [
            each
            for each in found
            if each.duplicate_of is None and decided(each.outcome, each.human) == query.outcome
        ]
    name = f"{PurePath(stored.file_name).stem}-screened.{query.format}"
    headers = {"Content-Disposition": attachment(name)}
    content_type = MEDIA_TYPES[query.format]
    return Response(export(found, query.format), content_type=content_type, headers=headers)


@blueprint.post("/<uuid:record_id>/again")
@typed(status=202, problems=(404, 409))
def again(record_id: UUID) -> ScreeningStarted:
    """Judge what is not judged yet, after a task was cancelled or has run out of tokens."""
    with transaction(settings().database) as conn:
        stored = screening_of(conn, current_owner(), record_id)
        job_id = screen_again(conn, stored)
    nudge(settings())
    url = f"/api/v1/screenings/tasks/{record_id}/status?jobId={job_id}"
    return ScreeningStarted(record_id=record_id, job_id=job_id, status_url=url)


@blueprint.delete("/<uuid:record_id>")
@typed(problems=(404,))
def delete_screening(record_id: UUID) -> Deleted:
    """Delete a screening, its objects, and all that the queue knows of it."""
    with transaction(settings().database) as conn:
        screening_of(conn, current_owner(), record_id)
        for subject in (str(record_id), f"{record_id}/order"):
            purge(conn, subject)
        idempotency_keys.forget(conn, record_id)
        screenings.delete(conn, record_id)
    store = open_store(settings().storage_bucket)
    store.delete(*store.keys(f"{screenings.prefix_of(record_id)}/"))
    return Deleted(record_id=record_id)


def _reference(record_id: UUID, number: int) -> ScreenedReference:
    with transaction(settings().database) as conn:
        stored = screening_of(conn, current_owner(), record_id)
        found = references.judged(conn, record_id, stored.rule, number=number)
    if not found.references:
        raise NotFound(f"This screening has no reference {number}.")
    return shown_reference(found.references[0])
