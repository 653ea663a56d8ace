"""What the status function needs to know."""

from __future__ import annotations

from functools import lru_cache

from pydantic import Field, Json

from shared.auth.sign_in import DEFAULT_USER
from shared.nudge.settings import NudgeSettings
from shared.settings import load


class StatusSettings(NudgeSettings):
    """Settings of the status function.

    OPERATORS is a JSON list of users who see everybody's jobs and control the queues; none unless
    named. With AUTH_MODE=none, which is for one machine only, the user `local`, who a caller is
    without saying more, is one in any case.
    """

    operators: Json[frozenset[str]] = Field(default=frozenset(), validate_default=False)

    @property
    def all_operators(self) -> frozenset[str]:
        """The users who may do what only operators may."""
        return self.operators | ({DEFAULT_USER} if self.auth_mode == "none" else set())


@lru_cache
def settings() -> StatusSettings:
    """Return the settings; ends the process when they are wrong."""
    return load(StatusSettings)
