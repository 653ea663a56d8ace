"""Play Cloud Scheduler: wake the worker every second, but never while it is still at it.

python -m local.tick WORKER_URL
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

import httpx

_SECONDS_BETWEEN = 1.0
_ATTEMPT_SECONDS = 1800.0
"""Cloud Scheduler's own limit for one attempt."""


def tick(
    url: str,
    *,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> None:
    """Wake the worker, then wait until the next call is due; a failed one is only logged."""
    started = clock()
    try:
        answer = httpx.post(url, timeout=_ATTEMPT_SECONDS, trust_env=False)
        if not answer.is_success:
            _log(f"{answer.status_code} {answer.text}")
    except httpx.TransportError as error:
        _log(f"the worker did not answer: {error}")
    sleep(max(0.0, started + _SECONDS_BETWEEN - clock()))


def _log(line: str) -> None:
    print(line, file=sys.stderr, flush=True)  # noqa: T201 - its log is its stderr


if __name__ == "__main__":
    while True:
        tick(sys.argv[1])
