"""Jobs as their owners and operators see them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Self

from pydantic import Field, NonNegativeInt, model_validator

from functions.status.models.pages import ListQuery
from shared.model import Model
from shared.queue.search import SearchState

JobState = SearchState
MAX_CHANGED = 500
"""Jobs that one request may change."""

_Text = Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*$")]
"""Postgres knows no text with a NUL in it."""

JobId = Annotated[int, Field(ge=1, lt=2**63)]


class JobSummary(Model):
    """A job in a list."""

    job_id: int
    queue: str
    tenant: str
    record_id: str | None
    state: JobState
    attempt: NonNegativeInt
    max_attempts: int
    error: str | None
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None


class FailedAttempt(Model):
    """Why one attempt failed, and when it ran; `trace` is for operators, null for others."""

    attempt: int
    message: str
    trace: str | None
    started_at: datetime | None
    ended_at: datetime | None


class JobDetail(JobSummary):
    """All about a job."""

    batch_id: int | None
    priority: int
    cost: float
    due_at: datetime | None
    worked_seconds: float
    """Time that workers have spent on it, over all attempts, a running one included."""
    phase: str | None
    done: int | None
    total: int | None
    eta_seconds: float | None
    queue_position: int | str | None
    waiting_because: str | None
    """In one sentence; null when it does not wait."""
    failures: list[FailedAttempt]


class JobsQuery(ListQuery):
    """Which jobs to list, newest first.

    Others' jobs are for operators, who name a `tenant` or say `all`.
    """

    queue: _Text | None = None
    state: JobState | None = None
    tenant: _Text | None = None
    subject: _Text | None = None
    all: bool = False


class JobList(Model):
    """Jobs, newest first; `next_cursor` is null on the last page.

    With a filter a page may be short, even empty, although there are more: go on by its cursor.
    """

    jobs: list[JobSummary]
    next_cursor: str | None


class JobChanged(Model):
    """A job after somebody cancelled or retried it."""

    job_id: int
    state: JobState


class JobsToChange(Model):
    """Which jobs to cancel or to retry: those that match all that is named, newest first.

    Others' jobs are for operators, who name a `tenant` or say `all`. Something must be named.
    """

    queue: _Text | None = None
    state: JobState | None = None
    tenant: _Text | None = None
    subject: _Text | None = None
    ids: Annotated[list[JobId], Field(min_length=1, max_length=MAX_CHANGED)] | None = None
    all: bool = False
    limit: Annotated[int, Field(ge=1, le=MAX_CHANGED)] = 100
    cursor: str | None = None
    """The last answer's `nextCursor`."""

    @model_validator(mode="after")
    def _something_is_named(self) -> Self:
        # Everything of one's own is not to be changed by an oversight.
        if not (self.queue or self.state or self.tenant or self.subject or self.ids or self.all):
            raise ValueError("name ids, a queue, a state, a tenant or a subject")
        return self


class JobsChanged(Model):
    """How many jobs were changed; `skipped` had moved on, or may not be changed."""

    changed: int
    skipped: int
    more: bool
    """Whether there may be more: ask again with `next_cursor` as the cursor."""
    next_cursor: str | None
