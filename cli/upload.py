"""`sluice upload`."""

from pathlib import Path
from typing import Annotated, Any

import typer

from cli.answers import Accepted
from cli.client import Client
from cli.follow import follow, require_ready
from cli.options import DEFAULT_URL, DEFAULT_USER, AsJson, Url, User
from cli.reading import takes_reading
from cli.send import send
from cli.show import progress_bar, show_columns, show_json, show_line

_POLL_SECONDS = 0.5

Spreadsheet = Annotated[
    Path, typer.Argument(exists=True, dir_okay=False, readable=True, help="A spreadsheet.")
]
Wait = Annotated[bool, typer.Option("--wait", help="Stay until the record is ready.")]


@takes_reading
def upload(
    file: Spreadsheet,
    *,
    reading: dict[str, Any],
    wait: Wait = False,
    as_json: AsJson = False,
    url: Url = DEFAULT_URL,
    user: User = DEFAULT_USER,
) -> None:
    """Upload a spreadsheet; the work on it goes on in the background."""
    with Client(url, user=user) as client:
        report(client, _send(client, file, reading), wait=wait, as_json=as_json)


def report(client: Client, task: Accepted, *, wait: bool, as_json: bool) -> None:
    """Show what has been started or, if told to, wait for it and show what came of it."""
    if wait:
        _wait(client, task, as_json=as_json)
    elif as_json:
        show_json(task)
    else:
        show_line(f"Accepted as record [bold]{task['recordId']}[/], job {task['jobId']}.")


def _send(client: Client, file: Path, reading: dict[str, Any]) -> Accepted:
    size = max(1, file.stat().st_size)
    with progress_bar(f"sending {file.name}") as bar:
        return send(
            client, file, reading=reading, on_sent=lambda sent: bar.advance_to(sent, total=size)
        )


def _wait(client: Client, task: Accepted, *, as_json: bool) -> None:
    with progress_bar("waiting") as bar:
        status = follow(client, task, every=_POLL_SECONDS, on_status=bar.follow)
    if as_json:
        show_json(status)
    require_ready(status)
    if not as_json:
        show_line(f"Record [bold]{task['recordId']}[/] is ready.")
        show_columns(status["record"])
