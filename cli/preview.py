"""`sluice preview`."""

from typing import Annotated

import typer

from cli.client import Client
from cli.options import DEFAULT_URL, DEFAULT_USER, AsJson, RecordId, Url, User
from cli.show import show_json, show_rows

Offset = Annotated[int, typer.Option(min=0, help="Rows to skip.")]
Limit = Annotated[int, typer.Option(min=1, help="Rows to show.")]


def preview(
    record: RecordId,
    *,
    offset: Offset = 0,
    limit: Limit = 10,
    as_json: AsJson = False,
    url: Url = DEFAULT_URL,
    user: User = DEFAULT_USER,
) -> None:
    """Show rows of a record."""
    with Client(url, user=user) as client:
        page = client.preview(record, offset=offset, limit=limit)
    if as_json:
        show_json(page)
    else:
        show_rows(page)
