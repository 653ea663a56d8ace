"""Keep several parts running, and end all of them together."""

from __future__ import annotations

import time
from contextlib import ExitStack
from types import TracebackType
from typing import Protocol, Self

from local.guard import Guard
from local.signals import deaf_to_signals

_SECONDS_BETWEEN_LOOKS = 0.1


class Part(Protocol):
    """Something that runs in a process of its own."""

    def start(self) -> None:
        """Begin."""

    def check(self) -> None:
        """Raise ChildDied when it no longer runs."""

    def stop(self) -> None:
        """End it; harmless when it has ended or never began."""


class Supervisor:
    """A block that starts parts. However it ends, they are ended first, the last one first."""

    def __init__(self) -> None:
        self._parts: list[Part] = []
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        guard = Guard()
        self._stack.callback(guard.dismiss)
        guard.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with deaf_to_signals():
            self._stack.close()

    def start(self, part: Part) -> None:
        """Start a part and answer for its end, also when it fails to start."""
        self._stack.callback(part.stop)
        part.start()
        self._parts.append(part)

    def check(self) -> None:
        """Raise ChildDied when one of them no longer runs."""
        for part in self._parts:
            part.check()

    def watch(self) -> None:
        """Stay until one of them ends by itself, and raise its ChildDied."""
        while True:
            self.check()
            time.sleep(_SECONDS_BETWEEN_LOOKS)
