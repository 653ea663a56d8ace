"""What the upload function needs to know."""

from __future__ import annotations

from functools import lru_cache

from pydantic import NonNegativeInt, PositiveInt

from shared.nudge.settings import NudgeSettings
from shared.settings import load

MIB = 1024 * 1024


class UploadSettings(NudgeSettings):
    """Limits in bytes."""

    max_inline_bytes: PositiveInt = 30 * MIB
    """For a file in the request itself: Cloud Run takes requests of up to 32 MiB."""
    max_upload_bytes: PositiveInt = 5 * 1024 * MIB
    """For a file that goes straight to the bucket."""

    quota_waiting_jobs: NonNegativeInt = 1000
    """Of one owner, at a time; 0 here and below: no limit."""
    quota_stored_bytes: NonNegativeInt = 100 * 1024 * MIB
    """Of one owner's files as they were sent, promised ones included."""
    quota_uploads_per_minute: NonNegativeInt = 300
    """Of one owner."""


@lru_cache
def settings() -> UploadSettings:
    """Return the settings; ends the process when they are wrong."""
    return load(UploadSettings)
