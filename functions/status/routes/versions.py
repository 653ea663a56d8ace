"""What has been done to a record: its history, and the recipe that replays it."""

from __future__ import annotations

from itertools import takewhile
from uuid import UUID

from flask import Blueprint

from functions.status.models.versions import History, RecipeOf, Version
from functions.status.settings import settings
from shared.db import transaction
from shared.edits.known import recipe_of
from shared.http.identity import current_owner
from shared.http.typed import typed
from shared.records import sheets, versions
from shared.records.sheets import Sheet

blueprint = Blueprint("versions", __name__, url_prefix="/api/v1/sheets/tasks/<uuid:record_id>")


@blueprint.get("/history")
@typed(problems=(404,))
def history(record_id: UUID) -> History:
    """List the versions of a record: what made each, who and when."""
    with transaction(settings().database) as conn:
        sheet = sheets.require(conn, record_id, current_owner())
        kept = versions.history(conn, record_id)
    return History(
        record_id=record_id, versions=[_version(sheet, each) for each in kept or _only(sheet)]
    )


@blueprint.get("/recipe")
@typed(problems=(404,))
def recipe(record_id: UUID) -> RecipeOf:
    """Return all actions that have led to the current version, to replay them on another record."""
    with transaction(settings().database) as conn:
        sheet = sheets.require(conn, record_id, current_owner())
        kept = versions.history(conn, record_id)
    done = takewhile(lambda each: each.version <= sheet.version, kept)
    # What was extracted by models is no action that could be done again.
    actions = [
        action
        for each in done
        for action in each.actions or ()
        if action.get("action") != "extract"
    ]
    return RecipeOf(record_id=record_id, recipe=recipe_of(actions) if actions else [])


def _only(sheet: Sheet) -> list[versions.Version]:
    """Return the history of a record that was never edited; nothing before it is read."""
    if sheet.total_rows is None or sheet.total_cols is None:
        return []
    return [
        versions.Version(
            version=sheet.version,
            total_rows=sheet.total_rows,
            total_cols=sheet.total_cols,
            actions=None,
            created_by=sheet.owner,
            created_at=sheet.created_at,
            kept=True,
        )
    ]


def _version(sheet: Sheet, each: versions.Version) -> Version:
    return Version(
        version=each.version,
        current=each.version == sheet.version,
        actions=each.actions,
        created_by=each.created_by,
        created_at=each.created_at,
        kept=each.kept,
        total_rows=each.total_rows,
        total_cols=each.total_cols,
    )
