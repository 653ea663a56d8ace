"""Undo and redo: a record goes to a neighbouring version, which is there already."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from psycopg import Connection

from functions.upload.edits.editable import conflict, editable
from functions.upload.settings import UploadSettings
from shared.db import transaction
from shared.errors import Conflict
from shared.http.record import Record, record_of
from shared.jobs.edit_sheet import EditSheet
from shared.queue.find import find_newest
from shared.records import versions
from shared.records.versions import VersionChanged

_MOVES = {"undo": versions.undo, "redo": versions.redo}
_NOTHING = {
    "undo": "There is nothing to undo: this is the oldest version that is kept.",
    "redo": "There is nothing to redo: this is the newest version.",
}


def move(
    settings: UploadSettings,
    owner: str,
    record_id: UUID,
    *,
    to: Literal["undo", "redo"],
    expected: int | None,
) -> Record:
    """Return the record at its other version; raises NotFound, and Conflict where it cannot go."""
    with transaction(settings.database) as conn:
        editable(conn, owner, record_id, expected)
        _refuse_while_edited(conn, record_id)
        try:
            moved = _MOVES[to](conn, record_id, expected=expected)
        except VersionChanged as changed:
            raise conflict(changed) from changed
        if moved is None:
            raise Conflict(_NOTHING[to])
        return record_of(editable(conn, owner, record_id, moved))


def _refuse_while_edited(conn: Connection, record_id: UUID) -> None:
    """An edit that is under way would be in vain; whoever wants that can cancel it."""
    job = find_newest(conn, str(record_id))
    if job is not None and not job.ended and job.queue == EditSheet.queue:
        raise Conflict(
            f"Job {job.id} is editing this record: wait for it, or cancel it.", jobId=job.id
        )
