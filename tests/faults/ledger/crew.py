"""The worker processes of a test: started, killed, stopped and woken."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Self


class Crew:
    """Keeps so many workers at work; they write to files in `folder`."""

    def __init__(self, url: str, *, size: int, moments: random.Random, folder: Path) -> None:
        self._url = url
        self._size = size
        self._moments = moments
        self._folder = folder
        self._at_work: list[subprocess.Popen[bytes]] = []
        self._hired = 0

    def __enter__(self) -> Self:
        self._fill_up()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for process in self._at_work:
            process.send_signal(signal.SIGTERM if error is None else signal.SIGKILL)
        codes = {process.wait(30) for process in self._at_work}
        # One that has just been started may not yet know what to do about SIGTERM.
        assert error is not None or codes <= {0, -signal.SIGTERM}, self.last_words()

    def kill_one(self) -> None:
        """End one as the kernel does, and start another."""
        process = self._at_work.pop(self._moments.randrange(self._size))
        process.kill()
        process.wait()
        self._fill_up()

    def stop_one(self) -> int:
        """Let one stand still; return what `wake` needs."""
        pid = self._moments.choice(self._at_work).pid
        os.kill(pid, signal.SIGSTOP)
        return pid

    def wake(self, pid: int) -> None:
        """Let it go on."""
        os.kill(pid, signal.SIGCONT)

    def check(self) -> None:
        """Fail when one has ended by itself."""
        assert all(process.poll() is None for process in self._at_work), self.last_words()

    def last_words(self) -> str:
        """Return what they said, all together."""
        return "".join(file.read_text() for file in sorted(self._folder.iterdir()))

    def _fill_up(self) -> None:
        while len(self._at_work) < self._size:
            self._hired += 1
            seed = str(self._moments.randrange(10**6))
            with (self._folder / f"worker-{self._hired:03}").open("wb") as words:
                self._at_work.append(
                    subprocess.Popen(
                        [sys.executable, "-m", "tests.faults.ledger.worker", self._url, seed],
                        cwd=Path(__file__).parents[3],
                        stdout=words,
                        stderr=words,
                    )
                )
