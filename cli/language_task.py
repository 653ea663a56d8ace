"""Tasks that language models, or their built-in stand-ins, work on: follow them to their end."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from cli.client import Client
from cli.errors import Refused, TaskFailed
from cli.show import progress_bar

_POLL_SECONDS = 0.5


def wait_for(client: Client, task: dict[str, Any], what: str) -> dict[str, Any]:
    """Poll until the task has ended; return its last status. Raises TaskFailed."""
    with progress_bar(what) as bar:
        while True:
            status: dict[str, Any] = client.data("GET", task["statusUrl"])
            bar.advance_to(status["progress"], description=status["phase"] or what)
            if status["status"] != "processing":
                break
            time.sleep(_POLL_SECONDS)
    if status["status"] == "cancelled":
        raise TaskFailed("The task was cancelled; what was done is kept.")
    if status["status"] == "error":
        raise TaskFailed(status["error"] or "The task ended in error.")
    return status


def format_of(file: Path, known: tuple[str, ...]) -> str:
    """Return the format that a file's suffix names. Raises Refused."""
    suffix = file.suffix.removeprefix(".").lower()
    if suffix not in known:
        raise Refused(f"{file} does not end in a known format: {', '.join(known)}.")
    return suffix
