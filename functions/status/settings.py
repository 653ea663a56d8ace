"""What the status function needs to know: no more than every function."""

from __future__ import annotations

from functools import lru_cache

from shared.settings import Settings, load


@lru_cache
def settings() -> Settings:
    """Return the settings; ends the process when they are wrong."""
    return load(Settings)
