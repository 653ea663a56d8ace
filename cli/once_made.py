"""Answers that a job has to make first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from cli.client import Client
from cli.errors import NotYet
from cli.follow import follow, require_ready
from cli.show import progress_bar

T = TypeVar("T")
_EVERY_SECONDS = 1.0


def once_made(client: Client, ask: Callable[[], T], what: str) -> T | dict[str, Any]:
    """Return what `ask` gives or, when a job is to make it, follow that job and ask again.

    When the job's answer says where else to look, `exportUrl`, that answer is returned instead.
    Raises TaskFailed with the job's own sentence.
    """
    while True:
        try:
            return ask()
        except NotYet as later:
            task: Any = later.task
        with progress_bar(what) as bar:
            require_ready(follow(client, task, every=_EVERY_SECONDS, on_status=bar.follow))
        if task.get("exportUrl"):
            return dict(task)
