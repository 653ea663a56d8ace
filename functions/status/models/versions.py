"""The versions of a record."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pydantic import ConfigDict

from shared.edits.known import AnyAction
from shared.model import Model


class Version(Model):
    """A version of a record."""

    version: int
    current: bool
    """Whether the record is at it; older ones can be undone to, newer ones redone to."""
    actions: list[dict[str, object]] | None
    """What made it from the version before; null for the uploaded file."""
    created_by: str
    created_at: datetime
    total_rows: int
    total_cols: int
    kept: bool
    """Whether undo can go back to it; the files of old versions are let go."""


class History(Model):
    """All that led to the newest version, oldest first."""

    record_id: UUID
    versions: list[Version]


class RecipeOf(Model):
    """All actions that have led to the current version, to be replayed on another record."""

    model_config = ConfigDict(defer_build=True)

    record_id: UUID
    recipe: list[AnyAction]
