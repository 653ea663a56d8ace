"""Follow a task to its end."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import cast

from cli.answers import Accepted, Status
from cli.client import Client
from cli.errors import NotReached, TaskFailed

_PATIENCE = 10
"""Polls in a row that may fail: a server may be replaced while a long task is running."""


def follow(
    client: Client,
    task: Accepted,
    *,
    every: float,
    on_status: Callable[[Status], None],
    check: Callable[[], None] = lambda: None,
) -> Status:
    """Poll every so many seconds until the task has ended; return its last status.

    `check` is called before each poll and may raise. NotReached when nobody answers any more.
    """
    failures = 0
    while True:
        check()
        try:
            status = cast("Status", client.data("GET", task["statusUrl"]))
        except NotReached:
            failures += 1
            if failures == _PATIENCE:
                raise
        else:
            failures = 0
            on_status(status)
            if status["status"] != "processing":
                return status
        time.sleep(every)


def require_ready(status: Status) -> None:
    """Raise TaskFailed with the job's own sentence unless the record is ready."""
    if status["status"] == "cancelled":
        raise TaskFailed("The task was cancelled.")
    if status["status"] == "error":
        raise TaskFailed(status["error"] or "The task ended in error.")
