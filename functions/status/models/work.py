"""How far the work on a record has come, whatever the record is."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, NonNegativeInt

from functions.status.models.jobs import JobState
from shared.model import Model

Status = Literal["processing", "ready", "error", "cancelled"]


class Work(Model):
    """How far the work on a record has come."""

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
    """How long it should still take; null where nothing tells."""
    attempt: NonNegativeInt
    """Attempts that were begun."""
    queue_position: int | str | None
    """How many jobs are before this one, "1000+" beyond that; null when it does not wait."""
    error: str | None
    """Why it failed or, while it waits for another attempt, why the last one did."""
