"""How far the work on a record has come."""

from __future__ import annotations

from functions.status.models.jobs import JobId
from functions.status.models.work import Work
from shared.http.record import Record
from shared.model import Model


class TaskStatus(Work):
    """How far the work on a record has come, and the record itself."""

    record: Record


class StatusQuery(Model):
    """Which of the record's jobs is meant; without it, the one that matters most now."""

    job_id: JobId | None = None
