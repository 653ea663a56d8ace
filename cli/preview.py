"""`sluice preview`."""

from typing import Annotated, cast

import typer

from cli.answers import Preview
from cli.client import Client
from cli.once_made import once_made
from cli.options import (
    DEFAULT_URL,
    DEFAULT_USER,
    AsJson,
    Columns,
    Filters,
    RecordId,
    Url,
    User,
)
from cli.show import show_json, show_rows

Offset = Annotated[int, typer.Option(min=0, help="Rows to skip.")]
Limit = Annotated[int, typer.Option(min=1, help="Rows to show.")]
Sort = Annotated[
    list[str] | None,
    typer.Option(help="Columns to sort by, a minus for descending: --sort=-age,name"),
]


def preview(
    record: RecordId,
    *,
    offset: Offset = 0,
    limit: Limit = 10,
    columns: Columns = None,
    filters: Filters = None,
    sort: Sort = None,
    as_json: AsJson = False,
    url: Url = DEFAULT_URL,
    user: User = DEFAULT_USER,
) -> None:
    """Show rows of a record."""
    query = {
        "offset": offset,
        "limit": limit,
        "columns": columns or [],
        "filter": filters or [],
        "sort": sort or [],
    }
    with Client(url, user=user) as client:
        page = once_made(client, lambda: client.preview(record, **query), "Parsing")
    if as_json:
        show_json(page)
    else:
        show_rows(cast("Preview", page))
