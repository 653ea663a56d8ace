"""A disk so small that it can be filled."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_MIB = 1 << 20
_SIZE_MIB = 64


class Disk:
    """A tmpfs where we may mount one; else a plain folder, which nothing fills (`is_real`)."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.is_real = False

    def mount(self) -> None:
        """Make the folder, as a file system of its own if this user may."""
        self.folder.mkdir(parents=True)
        mounting = ["mount", "-t", "tmpfs", "-o", f"size={_SIZE_MIB}m", "chaos", str(self.folder)]
        with suppress(OSError):  # there is no `mount` on every system
            done = subprocess.run(mounting, check=False, capture_output=True)  # noqa: S603
            self.is_real = done.returncode == 0

    def unmount(self) -> None:
        """Give it back; whoever still has a file open there keeps no other from doing so."""
        if self.is_real:
            subprocess.run(["umount", "-l", self.folder], check=True)  # noqa: S603, S607

    @contextmanager
    def full(self) -> Iterator[None]:
        """Leave no byte for others during the block."""
        filling = self.folder / "filling"
        try:
            with filling.open("wb", buffering=0) as file, suppress(OSError):  # until it is full
                for _ in range(_SIZE_MIB + 1):
                    file.write(bytes(_MIB))
            yield
        finally:
            filling.unlink()
