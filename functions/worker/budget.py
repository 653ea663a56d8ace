"""How long one drain may last."""

from __future__ import annotations

from functions.worker.settings import WorkerSettings
from shared.errors import BadRequest

TIMEOUT_HEADER = "x-request-timeout-seconds"
"""How long the caller waits for the answer; a header of ours, since HTTP has none for it."""

_MARGIN_SECONDS = 10.0
"""Of a platform's time-out, for the end of a drain on a slow database."""
_MOST_MARGIN = 0.25


def budget(settings: WorkerSettings, caller_waits: str | None = None) -> float:
    """Return the seconds of a drain: WORKER_BUDGET_SECONDS, or less.

    The answer comes before the platform's time-out (CLOUD_RUN_TIMEOUT_SECONDS), and before the
    caller gives up, who may say so in TIMEOUT_HEADER. Raises BadRequest for one that is no time.
    """
    limits = [settings.worker_budget_seconds]
    if settings.cloud_run_timeout_seconds is not None:
        limits.append(_within(settings.cloud_run_timeout_seconds))
    if caller_waits is not None:
        limits.append(_within(_seconds(caller_waits)))
    return min(limits)


def _within(timeout: float) -> float:
    return timeout - min(_MARGIN_SECONDS, timeout * _MOST_MARGIN)


def _seconds(header: str) -> float:
    try:
        seconds = float(header)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < float("inf"):
        raise BadRequest(f"{TIMEOUT_HEADER} must be a number of seconds above 0, not {header!r}.")
    return seconds
