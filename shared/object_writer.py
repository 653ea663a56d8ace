"""An object that is written as it comes: a small one in one request, a large one part by part."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any, Protocol

PART_BYTES = 4 << 20
"""Held in memory by each open object; a multiple of 256 KiB, as resumable uploads demand.

A request to a bucket takes some tens of milliseconds, whatever its size.
"""


class Resumable(Protocol):
    """A resumable upload: sent in parts of PART_BYTES, there when it is closed."""

    def write(self, data: bytes, /) -> int:
        """Take bytes and send what makes a part."""

    def close(self) -> None:
        """Send the rest, and let the object appear."""

    def terminate(self) -> None:
        """Give it up."""


class ObjectWriter(io.BufferedIOBase):
    """Appears when it is closed; `terminate` gives it up."""

    def __init__(self, create: Callable[[bytes], None], begin: Callable[[], Resumable]) -> None:
        self._create = create
        self._begin = begin
        self._held = bytearray()
        self._upload: Resumable | None = None
        self._size = 0

    def writable(self) -> bool:
        """It is for writing alone."""
        return True

    def write(self, data: Any, /) -> int:  # noqa: ANN401 - whatever has bytes, as io says
        """Take bytes; sends some when there are enough of them."""
        if self.closed:
            raise ValueError("The object is closed.")
        taken = memoryview(data).nbytes
        self._size += taken
        if self._upload is None and len(self._held) + taken < PART_BYTES:
            self._held += data
            return taken
        if self._upload is None:
            self._upload = self._begin()
            self._upload.write(bytes(self._held))
            self._held.clear()
        self._upload.write(data)
        return taken

    def tell(self) -> int:
        """Return how many bytes were written."""
        return self._size

    def close(self) -> None:
        """Let the object appear, once."""
        if self.closed:
            return
        try:
            if self._upload is None:
                self._create(bytes(self._held))
            else:
                self._upload.close()
        finally:
            super().close()

    def terminate(self) -> None:
        """Leave nothing behind."""
        if self.closed:
            return
        super().close()
        if self._upload is not None:
            self._upload.terminate()

    def __del__(self) -> None:
        """What was let fall must not appear, as the base class would have it."""
        self.terminate()
