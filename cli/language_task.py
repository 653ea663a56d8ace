"""Tasks that language models, or their built-in stand-ins, work on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from cli.answers import Accepted
from cli.client import Client
from cli.errors import Refused, TaskFailed
from cli.follow import follow, require_ready
from cli.show import progress_bar, show_line

_POLL_SECONDS = 0.5


def wait_for(client: Client, task: Accepted, what: str) -> None:
    """Poll until the task has ended. Raises TaskFailed, which names the record: it is kept."""
    with progress_bar(what) as bar:
        status = follow(client, task, every=_POLL_SECONDS, on_status=bar.follow)
    try:
        require_ready(status)
    except TaskFailed as failed:
        raise TaskFailed(f"{failed} What was done is kept in record {task['recordId']}.") from None


def announce(task: Accepted) -> None:
    """Say under which name it goes on, also for those who do not wait for its end."""
    show_line(f"Accepted as record [bold]{task['recordId']}[/], job {task['jobId']}.")


def read_json(file: Path) -> Any:  # noqa: ANN401 - any JSON
    """Return what a file holds. Raises Refused."""
    try:
        return json.loads(read_text(file))
    except json.JSONDecodeError as error:
        raise Refused(
            f"{file} is no JSON: {error.msg} in line {error.lineno}, column {error.colno}."
        ) from error


def read_text(file: Path) -> str:
    """Return a file's text. Raises Refused."""
    try:
        return file.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(f"{file} is no text in UTF-8: save it in that encoding.") from error


def format_of(file: Path, known: tuple[str, ...]) -> str:
    """Return the format that a file's suffix names. Raises Refused."""
    suffix = file.suffix.removeprefix(".").lower()
    if suffix not in known:
        raise Refused(f"{file} does not end in a known format: {', '.join(known)}.")
    return suffix
