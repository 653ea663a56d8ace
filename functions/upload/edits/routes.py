"""Routes that change a record that is there."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, request

from functions.upload.edits.models import EditAccepted, EditRequest, OfVersion
from functions.upload.edits.move import move
from functions.upload.edits.start import start_edit
from functions.upload.settings import settings
from shared.http.identity import current_owner
from shared.http.record import Record
from shared.http.typed import typed
from shared.http.validate import body_as
from shared.nudge.nudge import get_ready

blueprint = Blueprint("edits", __name__, url_prefix="/api/v1/sheets/tasks/<uuid:record_id>")

_BODY = {"application/json": OfVersion}


@blueprint.post("/actions")
@typed(status=202, problems=(404, 409))
def act(record_id: UUID, body: EditRequest) -> EditAccepted:
    """Queue an edit, which makes a new version of the record."""
    get_ready(settings())
    return start_edit(settings(), current_owner(), record_id, body)


@blueprint.post("/undo")
@typed(problems=(404, 409), bodies=_BODY)
def undo(record_id: UUID) -> Record:
    """Go back to the version before."""
    return move(settings(), current_owner(), record_id, to="undo", expected=_expected())


@blueprint.post("/redo")
@typed(problems=(404, 409), bodies=_BODY)
def redo(record_id: UUID) -> Record:
    """Go forward to the version that was undone."""
    return move(settings(), current_owner(), record_id, to="redo", expected=_expected())


def _expected() -> int | None:
    """Return the version that is meant; the body may be left out."""
    return body_as(OfVersion).expected_version if request.content_length else None
