"""What the worker needs to know."""

from __future__ import annotations

from functools import lru_cache

from pydantic import PositiveFloat

from shared.settings import Settings, load


class WorkerSettings(Settings):
    """Times in seconds."""

    worker_budget_seconds: PositiveFloat = 240
    """How long one call may drain; below the platform's request time-out, with a margin."""


@lru_cache
def settings() -> WorkerSettings:
    """Return the settings; ends the process when they are wrong."""
    return load(WorkerSettings)
