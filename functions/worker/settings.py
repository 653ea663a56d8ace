"""What the worker needs to know."""

from __future__ import annotations

from functools import lru_cache

from pydantic import PositiveFloat, PositiveInt

from shared.settings import Settings, load


class WorkerSettings(Settings):
    """Times in seconds."""

    worker_budget_seconds: PositiveFloat = 240
    """How long one call may drain; below the platform's request time-out, with a margin."""
    worker_slots: PositiveInt = 1
    """How many jobs, or batches of SQL jobs, are worked on at once; each child needs its memory."""


@lru_cache
def settings() -> WorkerSettings:
    """Return the settings; ends the process when they are wrong."""
    return load(WorkerSettings)
