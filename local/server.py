"""A server that runs as long as a block."""

from __future__ import annotations

from abc import ABC, abstractmethod
from types import TracebackType
from typing import Self


class Server(ABC):
    """`with` starts it and returns when it is ready; however the block ends, it is stopped."""

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    @abstractmethod
    def start(self) -> None:
        """Start it; returns once it is ready."""

    @abstractmethod
    def stop(self) -> None:
        """End it."""
