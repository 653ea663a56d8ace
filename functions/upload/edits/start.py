"""Queue an edit of a record."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from psycopg import Connection

from functions.upload.edits.editable import editable
from functions.upload.edits.models import EditAccepted, EditRequest, edit_accepted
from functions.upload.quota import keep_within
from functions.upload.settings import UploadSettings
from shared.clean.column import Column
from shared.db import transaction
from shared.edits.action import Action
from shared.edits.known import as_data, plan
from shared.edits.shape import Shape
from shared.errors import Conflict, DuplicateJob, PayloadTooLarge, Unprocessable
from shared.jobs.about_record import enqueue_about
from shared.jobs.edit_sheet import EditSheet
from shared.jobs.parse_excel import cost_of
from shared.nudge.nudge import nudge
from shared.records import sheets
from shared.records.sheets import Sheet


def start_edit(
    settings: UploadSettings, owner: str, record_id: UUID, asked: EditRequest
) -> EditAccepted:
    """Check what can be checked at once, and enqueue the edit.

    Raises NotFound, Conflict where another edit was first, Unprocessable for an action that is
    known to fail.
    """
    actions = asked.actions
    with transaction(settings.database) as conn:
        sheet = editable(conn, owner, record_id, asked.expected_version)
        others = _joined(conn, owner, actions)
        shapes = {key: _shape(other) for key, other in others.items()}
        plan(actions, _shape(sheet), shapes)
        keep_within(conn, settings, owner)
        job_id = _enqueue(conn, sheet, actions, others)
    nudge(settings)
    return edit_accepted(record_id, job_id, sheet.version)


def _joined(conn: Connection, owner: str, actions: Sequence[Action]) -> dict[UUID, Sheet]:
    ids = {each.joins for each in actions if each.joins is not None}
    found = {record_id: sheets.find(conn, record_id, owner) for record_id in ids}
    for record_id, sheet in found.items():
        if sheet is None or not sheet.parsed:
            raise Unprocessable(
                f"There is no record {record_id} to join, or it is not ready yet.",
                record=str(record_id),
            )
    return {record_id: sheet for record_id, sheet in found.items() if sheet is not None}


def _shape(sheet: Sheet) -> Shape:
    return Shape.of(Column.model_validate(column) for column in sheet.columns or ())


def _enqueue(
    conn: Connection, sheet: Sheet, actions: Sequence[Action], others: dict[UUID, Sheet]
) -> int:
    payload = EditSheet(
        prefix=sheets.prefix_of(sheet.id),
        record_id=sheet.id,
        expected_version=sheet.version,
        clean_data_key=sheet.clean_data_key or "",
        actions=as_data(actions),
        joined={key: other.clean_data_key or "" for key, other in others.items()},
        created_by=sheet.owner,
    )
    size = sum(each.file_size for each in (sheet, *others.values()))
    try:
        return enqueue_about(
            conn,
            sheet.id,
            payload,
            owner=sheet.owner,
            cost=cost_of(size),
            # Of two edits of one version only the first could be saved.
            unique_key=f"{sheet.id}@{sheet.version}",
            refuse_duplicate=True,
        )
    except DuplicateJob as other:
        raise Conflict(
            f"Job {other.job_id} is editing this version already: wait for it, or cancel it.",
            jobId=other.job_id,
        ) from other
    except PayloadTooLarge as error:
        raise Unprocessable("These are too many actions at once: send them in parts.") from error
