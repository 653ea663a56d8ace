"""What the readers of workbooks have in common that text files have not."""

from __future__ import annotations

from abc import ABC, abstractmethod
from types import TracebackType
from typing import Self

from shared.clean.options import Quote


class BinaryWorkbook(ABC):
    """Open for the length of the block; a text's encoding and marks are not for it."""

    encoding: str | None = None
    delimiter: str | None = None
    quote: Quote | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._close()

    @abstractmethod
    def _close(self) -> None:
        """Let go of the file."""
