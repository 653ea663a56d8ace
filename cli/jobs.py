"""`sluice jobs`."""

from typing import Annotated

import typer

from cli.client import Client
from cli.options import DEFAULT_URL, DEFAULT_USER, AsJson, Url, User
from cli.show import show_jobs, show_json, show_line

Limit = Annotated[int, typer.Option(min=1, help="How many to list.")]
Cursor = Annotated[str | None, typer.Option(help="Go on from the last list's `nextCursor`.")]


def jobs(
    *,
    limit: Limit = 20,
    cursor: Cursor = None,
    as_json: AsJson = False,
    url: Url = DEFAULT_URL,
    user: User = DEFAULT_USER,
) -> None:
    """List your own jobs, newest first."""
    with Client(url, user=user) as client:
        found = client.jobs(limit=limit, cursor=cursor)
    if as_json:
        show_json(found)
        return
    show_jobs(found["jobs"])
    if found["nextCursor"]:
        show_line(f"More with --cursor {found['nextCursor']}")
