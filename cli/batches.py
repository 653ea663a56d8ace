"""`sluice batches`."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.answers import Batch
from cli.client import Client
from cli.groups import new_group
from cli.options import DEFAULT_URL, DEFAULT_USER, EXIT_CODES, AsJson, Url, User
from cli.show import show_json, show_line

_PATH = "/api/v1/batches"

BatchId = Annotated[int, typer.Argument(metavar="BATCH", min=1, help="The batch's id.")]

app = new_group("batches", "Follow or cancel a batch of jobs as a whole.", lists=False)


@app.command(epilog=EXIT_CODES)
def show(
    batch: BatchId, *, as_json: AsJson = False, url: Url = DEFAULT_URL, user: User = DEFAULT_USER
) -> None:
    """Say how far a batch has come."""
    _ask("GET", str(batch), url, user, as_json=as_json)


@app.command(epilog=EXIT_CODES)
def cancel(
    batch: BatchId, *, as_json: AsJson = False, url: Url = DEFAULT_URL, user: User = DEFAULT_USER
) -> None:
    """Cancel all of a batch that has not ended."""
    _ask("POST", f"{batch}/cancel", url, user, as_json=as_json)


def _ask(method: str, path: str, url: str, user: str, *, as_json: bool) -> None:
    with Client(url, user=user) as client:
        found: Batch = client.data(method, f"{_PATH}/{path}")
    if as_json:
        show_json(found)
        return
    ended = found["total"] - found["pending"]
    state = "ended" if found["endedAt"] else f"{found['progress']} %"
    show_line(
        f"Batch {found['batchId']}  [bold]{state}[/]  {ended:,} of {found['total']:,} jobs have "
        f"ended, {found['failed']:,} of them badly."
    )
