"""What the status function is asked and answers."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field, NonNegativeInt

from shared.clean.column import Column
from shared.clean.source import Source
from shared.model import Model
from shared.records.sheets import Sheet

Status = Literal["processing", "ready", "error", "cancelled"]
JobState = Literal[
    "waiting", "scheduled", "retrying", "running", "cancelling", "completed", "cancelled", "buried"
]
MAX_ROWS = 1000
MAX_LISTED = 100


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
    return Record(
        record_id=sheet.id,
        file_name=sheet.file_name,
        file_size=sheet.file_size,
        file_sha256=sheet.file_sha256,
        version=sheet.version,
        total_rows=sheet.total_rows,
        total_cols=sheet.total_cols,
        columns=_validated(sheet.columns),
        source=None if sheet.source is None else Source.model_validate(sheet.source),
        clean_data_key=sheet.clean_data_key,
        created_at=sheet.created_at,
        expires_at=sheet.expires_at,
    )


def _validated(columns: list[dict[str, Any]] | None) -> list[Column] | None:
    return None if columns is None else [Column.model_validate(column) for column in columns]


class TaskStatus(Model):
    """How far the work on a record has come, and the record itself."""

    record_id: UUID
    job_id: int | None
    status: Status
    state: JobState | None
    """The queue's own word for it; null when the queue has forgotten the job."""
    progress: Annotated[int, Field(ge=0, le=100)]
    """Percent of the phase's units that are done."""
    phase: str | None
    rows_done: int | None
    rows_total: int | None
    eta_seconds: float | None
    attempt: NonNegativeInt
    """Attempts that were begun."""
    queue_position: int | str | None
    """How many jobs are before this one, "1000+" beyond that; null when it does not wait."""
    error: str | None
    """Why it failed or, while it waits for another attempt, why the last one did."""
    record: Record


class StatusQuery(Model):
    """Which of the record's jobs is meant; without it, the one that matters most now."""

    job_id: Annotated[int, Field(ge=1, lt=2**63)] | None = None


class PageQuery(Model):
    """Which rows and columns; repeat `columns` for more than one."""

    offset: NonNegativeInt = 0
    limit: Annotated[int, Field(ge=1, le=MAX_ROWS)] = 100
    columns: list[str] | None = None


class ExportQuery(Model):
    """The format of the download."""

    format: Literal["xlsx", "csv", "parquet", "json"] = "xlsx"


class ListQuery(Model):
    """A page of a list; `cursor` is the last page's `nextCursor`."""

    limit: Annotated[int, Field(ge=1, le=MAX_LISTED)] = 20
    cursor: str | None = None


class RecordList(Model):
    """Records, newest first; `next_cursor` is null on the last page."""

    records: list[Record]
    next_cursor: str | None


class JobSummary(Model):
    """A job of the caller's."""

    job_id: int
    queue: str
    record_id: str | None
    state: JobState
    attempt: NonNegativeInt
    max_attempts: int
    error: str | None
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None


class JobList(Model):
    """Jobs, newest first; `next_cursor` is null on the last page."""

    jobs: list[JobSummary]
    next_cursor: str | None


class JobChanged(Model):
    """A job after somebody cancelled or retried it."""

    job_id: int
    state: JobState


class Deleted(Model):
    """The record is gone, with its objects and its jobs."""

    record_id: UUID
    deleted: Literal[True] = True
