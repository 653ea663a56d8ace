"""Why one attempt at a job failed."""

from __future__ import annotations

from datetime import UTC, datetime

from pydantic import BaseModel, Field


class AttemptError(BaseModel):
    """`message` is one sentence for the user; `trace` is for operators only."""

    attempt: int
    message: str
    trace: str | None = None
    at: datetime = Field(default_factory=lambda: datetime.now(UTC))
