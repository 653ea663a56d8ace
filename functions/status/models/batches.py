"""Batches as their owners see them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import Field

from shared.model import Model


class Batch(Model):
    """Jobs that belong together, told as one."""

    batch_id: int
    tenant: str
    record_id: str | None
    total: int
    pending: int
    """Jobs that have not ended."""
    failed: int
    """Jobs that were buried or cancelled."""
    progress: Annotated[int, Field(ge=0, le=100)]
    """Percent of the jobs that have ended."""
    fail_fast: bool
    """Whether one job that fails cancels the others."""
    created_at: datetime
    ended_at: datetime | None
