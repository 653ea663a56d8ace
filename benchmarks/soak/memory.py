"""What a process and all that it has started hold in memory."""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import psutil

_EVERY_SECONDS = 0.25
_OWN = re.compile(r"Pss_Anon:\s+(\d+) kB")
_RSS = re.compile(r"Rss:\s+(\d+) kB")


@dataclass(frozen=True, slots=True)
class Held:
    """Megabytes of all processes together.

    `own` is what they have written, a page that some of them share counted once. `rss` counts it
    for each, and the pages of files, too: those of libraries, which they share with whatever else
    runs on the machine.
    """

    own: float
    rss: float


class Sampled:
    """Looks at a family of processes about four times a second during the block."""

    def __init__(self, pid: int) -> None:
        self._eldest = psutil.Process(pid)
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look)
        self.samples: list[Held] = []

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(_EVERY_SECONDS):
            self.samples.append(self._held())

    def _held(self) -> Held:
        own = rss = 0.0
        for process in (self._eldest, *self._eldest.children(recursive=True)):
            try:
                memory = Path(f"/proc/{process.pid}/smaps_rollup").read_text()
            except (FileNotFoundError, ProcessLookupError):  # it has just ended
                continue
            own += _megabytes(_OWN, memory)
            rss += _megabytes(_RSS, memory)
        return Held(own, rss)


def _megabytes(line: re.Pattern[str], memory: str) -> float:
    found = line.search(memory)
    return int(found[1]) * 1024 / 1e6 if found else 0.0
