"""Compare many files with the reference readers, in processes that may die of any of them."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections import deque
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[2]
_AT_ONCE = 25
_PROCESSES = 2
_SECONDS = 120
"""Of processor time, and of real time for each of the files that a process gets."""
_MEMORY = 6 << 30


class Compared(NamedTuple):
    """What came of comparing a file."""

    path: str
    cells: int = 0
    explained: dict[str, int] = {}  # noqa: RUF012 - a tuple's default is never changed
    differing: list[list[str]] = []  # noqa: RUF012
    more: int = 0
    trouble: str | None = None
    """Why it could not be compared."""


def compare_all(paths: Sequence[Path]) -> list[Compared]:
    """Compare the files, some processes at a time."""
    chunks = [paths[start : start + _AT_ONCE] for start in range(0, len(paths), _AT_ONCE)]
    with ThreadPoolExecutor(_PROCESSES) as pool:
        return [one for found in pool.map(_compare_some, chunks) for one in found]


def _compare_some(paths: Iterable[Path]) -> list[Compared]:
    """Start another process for the rest when one has died."""
    left, found = deque(map(str, paths)), list[Compared]()
    while left:
        lines, ending = _run(list(left))
        for line in lines:
            found.append(Compared(**json.loads(line)))
            left.popleft()
        if left:
            found.append(Compared(left.popleft(), trouble=ending))
    return found


def _run(paths: list[str]) -> tuple[list[str], str]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.corpus.comparing", *paths],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    with process:
        try:
            told, _ = process.communicate(timeout=_SECONDS * len(paths))
        except subprocess.TimeoutExpired as late:
            process.kill()
            told = late.stdout.decode() if isinstance(late.stdout, bytes) else late.stdout or ""
            return told.splitlines(), "the comparison took too long"
    return told.splitlines(), f"the comparison died ({process.returncode})"


def _main(paths: list[str]) -> None:
    from shared.errors import Unrecoverable  # noqa: PLC0415 - only in the process that compares
    from tests.agreement.compare import compare  # noqa: PLC0415

    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    for path in paths:
        used = int(resource.getrusage(resource.RUSAGE_SELF).ru_utime) + 1
        resource.setrlimit(resource.RLIMIT_CPU, (used + _SECONDS, resource.RLIM_INFINITY))
        found: dict[str, Any] = {"path": path}
        try:
            agreement = compare(Path(path))
            found |= vars(agreement)
        except Unrecoverable as error:
            found["trouble"] = f"Sluice: {error}"
        except Exception as error:  # noqa: BLE001 - whatever the reference raises
            found["trouble"] = f"the reference: {type(error).__name__}: {error}"[:200]
        print(json.dumps(found), flush=True)


if __name__ == "__main__":
    _main(sys.argv[1:])
