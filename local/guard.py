"""Outlive us by a moment: when we are killed, end what we have started.

    python -m local.guard MARK

Reads its stdin, whose other end we hold. A byte says that all has ended in order; without one,
the end of the pipe means that we are gone, and everything that carries the mark goes as well.
"""

from __future__ import annotations

import subprocess
import sys

from local.leftovers import RUN, end_marked
from local.paths import ROOT


class Guard:
    """The guard of this process."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Post it."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "local.guard", RUN],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            start_new_session=True,
        )

    def dismiss(self) -> None:
        """Let it go: everything has ended already."""
        if self._process is not None:
            self._process.communicate(b".")


def main(mark: str) -> None:
    """Wait for the byte or the end."""
    if not sys.stdin.buffer.read(1):
        end_marked(mark)


if __name__ == "__main__":
    main(sys.argv[1])
