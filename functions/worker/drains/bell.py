"""Wakes the slots that have nothing to do."""

from __future__ import annotations

import threading
from collections.abc import Callable


class Bell:
    """Rung when there may be work; whoever waits for it says what else it waits for."""

    def __init__(self) -> None:
        self.condition = threading.Condition()
        self._rings = 0
        self._heard = 0

    def ring(self) -> None:
        """Let everybody look."""
        with self.condition:
            self._rings += 1
            self.condition.notify_all()

    def heed(self) -> None:
        """Say that whatever it was rung for is looked for now."""
        self._heard = self._rings

    @property
    def unheeded(self) -> bool:
        """Whether it was rung since somebody last looked."""
        return self._rings > self._heard

    def wait(self, or_until: Callable[[], bool], seconds: float) -> None:
        """Wait for the next ring; the caller holds `condition`."""
        heard = self._rings
        self.condition.wait_for(lambda: self._rings > heard or or_until(), seconds)
