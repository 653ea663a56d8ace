"""Answers of reads that have to wait for a job."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, Self
from uuid import UUID

from shared.clean.export import ExportFormat
from shared.model import Model


class Underway(Model):
    """A job works on it; follow it at `status_url`, then ask again."""

    record_id: UUID
    job_id: int
    status: Literal["processing"] = "processing"
    status_url: str

    @classmethod
    def of(cls, record_id: UUID, job_id: int) -> Self:
        """Return the answer for a record and the job that works on it."""
        url = f"/api/v1/sheets/tasks/{record_id}/status?jobId={job_id}"
        return cls(record_id=record_id, job_id=job_id, status_url=url)


class ExportUnderway(Underway):
    """A job makes the file; `export_url` tells, when it has, where it is.

    `export_url` is null when the data itself has to be made first: ask for the export again then.
    """

    export_url: str | None = None


class Exported(Model):
    """A file that a job has made; GET `download_url`, which needs no more than that."""

    record_id: UUID
    job_id: int
    format: ExportFormat
    file_name: str
    size: int
    """Bytes."""
    download_url: str
    expires_at: datetime
