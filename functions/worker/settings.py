"""What the worker needs to know."""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache

from pydantic import PositiveFloat

from shared.settings import Settings, load


class WorkerSettings(Settings):
    """Times in seconds."""

    worker_budget_seconds: PositiveFloat = 240
    """How long one call may drain; below the platform's request time-out, with a margin."""
    worker_lease_seconds: PositiveFloat = 30
    """How long a job stays with a worker that has stopped answering."""

    @property
    def lease(self) -> timedelta:
        """The lease as the queue takes it."""
        return timedelta(seconds=self.worker_lease_seconds)


@lru_cache
def settings() -> WorkerSettings:
    """Return the settings; ends the process when they are wrong."""
    return load(WorkerSettings)
