"""A record as callers see it, whichever function answers."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from shared.clean.column import Column
from shared.clean.source import Source
from shared.model import Model
from shared.records.sheets import Sheet


class Record(Model):
    """A file and, once it is parsed, what it holds; null until then."""

    record_id: UUID
    file_name: str
    file_size: int
    file_sha256: str | None
    version: int
    total_rows: int | None
    total_cols: int | None
    columns: list[Column] | None
    source: Source | None
    clean_data_key: str | None
    created_at: datetime
    expires_at: datetime


def record_of(sheet: Sheet) -> Record:
    """Return the record as the page sees it."""
    return Record.model_validate(
        {
            "record_id": sheet.id,
            "file_name": sheet.file_name,
            "file_size": sheet.file_size,
            "file_sha256": sheet.file_sha256,
            "version": sheet.version,
            "total_rows": sheet.total_rows,
            "total_cols": sheet.total_cols,
            "columns": sheet.columns,
            "source": sheet.source,
            "clean_data_key": sheet.clean_data_key,
            "created_at": sheet.created_at,
            "expires_at": sheet.expires_at,
        }
    )
