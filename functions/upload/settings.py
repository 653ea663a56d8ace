"""What the upload function needs to know."""

from __future__ import annotations

from functools import lru_cache

from pydantic import PositiveInt

from shared.nudge.settings import NudgeSettings
from shared.settings import load

MIB = 1024 * 1024


class UploadSettings(NudgeSettings):
    """Limits in bytes."""

    max_inline_bytes: PositiveInt = 30 * MIB
    """For a file in the request itself: Cloud Run takes requests of up to 32 MiB."""
    max_upload_bytes: PositiveInt = 5 * 1024 * MIB
    """For a file that goes straight to the bucket."""


@lru_cache
def settings() -> UploadSettings:
    """Return the settings; ends the process when they are wrong."""
    return load(UploadSettings)
