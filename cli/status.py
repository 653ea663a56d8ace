"""`sluice status`."""

from typing import Annotated

import typer

from cli.client import Client
from cli.follow import require_ready
from cli.options import DEFAULT_URL, DEFAULT_USER, AsJson, RecordId, Url, User
from cli.show import show_columns, show_json, show_status

Job = Annotated[int | None, typer.Option(help="Ask about this job of the record.")]


def status(
    record: RecordId,
    *,
    job: Job = None,
    as_json: AsJson = False,
    url: Url = DEFAULT_URL,
    user: User = DEFAULT_USER,
) -> None:
    """Say how far a record is; what it holds, once it is ready."""
    with Client(url, user=user) as client:
        found = client.status(record, job=job)
    if as_json:
        show_json(found)
    else:
        show_status(found)
        if found["status"] == "ready":
            show_columns(found["record"])
    require_ready(found)
