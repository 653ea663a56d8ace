"""What a process and all that it has started hold in memory."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

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


@contextmanager
def sampled(pid: int) -> Iterator[list[Held]]:
    """Look at a family of processes about four times a second; the list grows in the block."""
    eldest, samples, over = psutil.Process(pid), list[Held](), threading.Event()

    def look() -> None:
        while not over.wait(_EVERY_SECONDS):
            samples.append(_held(eldest))

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield samples
    finally:
        over.set()
        thread.join()


def _held(eldest: psutil.Process) -> Held:
    own = rss = 0.0
    for process in (eldest, *eldest.children(recursive=True)):
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
