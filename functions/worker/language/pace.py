"""No more calls than were granted, however many threads make them."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable

from functions.worker.language.errors import BudgetSpent, Interrupted

_MINUTE = 61.0
"""Seconds, and one for the way: the first of them may arrive late at the endpoint, the next not."""
_LOOK_SECONDS = 0.2


class Pace:
    """`calls_per_minute` in any minute, and `tokens` together; None: no limit.

    A process that has just begun cannot know what its predecessor called within the last minute.
    So `begun`, the times (seconds since the epoch) of those calls, is handed on by the database.
    """

    def __init__(
        self,
        *,
        calls_per_minute: int | None,
        tokens: int | None,
        begun: list[float],
        stop: Callable[[], bool],
    ) -> None:
        self._most = calls_per_minute
        self._tokens = tokens
        self._reserved = 0
        self._begun = deque(begun)
        self._stop = stop
        self._halted = False
        self._not_before = 0.0
        self._lock = threading.Lock()

    def wait(self) -> None:
        """Return when a call may begin; raises Interrupted when the job is to stop."""
        while (seconds := self._seconds_to_wait()) > 0:
            self.rest(min(seconds, _LOOK_SECONDS))
        self.check()

    def rest(self, seconds: float) -> None:
        """Let so much time pass; raises Interrupted."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            self.check()
            time.sleep(min(left, _LOOK_SECONDS))

    def check(self) -> None:
        """Raise Interrupted when the job is to stop, or another call has brought it to an end."""
        if self._halted or self._stop():
            raise Interrupted("The job was asked to stop.")

    def halt(self) -> None:
        """Let no call begin any more."""
        self._halted = True

    def hold(self, seconds: float) -> None:
        """Let no call begin for so long: the endpoint has asked for that."""
        with self._lock:
            self._not_before = max(self._not_before, time.time() + seconds)

    def reserve(self, tokens: int) -> None:
        """Set tokens aside for a call that may need so many; raises BudgetSpent."""
        with self._lock:
            if self._tokens is not None and self._reserved + tokens > self._tokens:
                raise BudgetSpent(
                    "The tokens that were granted to this task are used up. What is done is kept; "
                    "start again when there are more."
                )
            self._reserved += tokens

    def settle(self, reserved: int, used: int) -> None:
        """Give back what a call did not need."""
        with self._lock:
            self._reserved += used - reserved

    def begun(self) -> list[float]:
        """Return when the calls of the last minute began."""
        with self._lock:
            self._forget(time.time())
            return list(self._begun) if self._most else []

    def _seconds_to_wait(self) -> float:
        with self._lock:
            now = time.time()
            self._forget(now)
            if now < self._not_before:
                return self._not_before - now
            if self._most is not None and len(self._begun) >= self._most:
                return self._begun[-self._most] + _MINUTE - now
            self._begun.append(now)
            return 0.0

    def _forget(self, now: float) -> None:
        while self._begun and self._begun[0] <= now - _MINUTE:
            self._begun.popleft()
