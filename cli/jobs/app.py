"""`sluice jobs`."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.answers import Job, Jobs
from cli.client import Client
from cli.groups import command_follows, new_group
from cli.jobs.change import cancel, retry
from cli.jobs.options import All, OfQueue, OfSubject, OfTenant, State, filter_of
from cli.jobs.show import show, show_jobs
from cli.options import DEFAULT_URL, DEFAULT_USER, EXIT_CODES, AsJson, Url, User
from cli.show import show_json, show_line

_PAGE = 100
_HELP = "List jobs, newest first: your own or, for operators, everybody's."

Limit = Annotated[int, typer.Option(min=1, help="How many to list.")]
Cursor = Annotated[str | None, typer.Option(help="Go on from the last list's `nextCursor`.")]

app = new_group("jobs", _HELP, lists=True)
for command in (show, cancel, retry):
    app.command(epilog=EXIT_CODES)(command)


@app.callback()
def list_jobs(
    context: typer.Context,
    *,
    queue: OfQueue = None,
    state: State = None,
    tenant: OfTenant = None,
    subject: OfSubject = None,
    all_: All = False,
    limit: Limit = 20,
    cursor: Cursor = None,
    as_json: AsJson = False,
    url: Url = DEFAULT_URL,
    user: User = DEFAULT_USER,
) -> None:
    """List jobs, newest first: your own or, for operators, everybody's."""
    if command_follows(context):
        return
    wanted = filter_of(queue=queue, state=state, tenant=tenant, subject=subject, all_=all_)
    with Client(url, user=user) as client:
        found = _list(client, wanted, limit=limit, cursor=cursor)
    if as_json:
        show_json(found)
        return
    show_jobs(found["jobs"])
    if found["nextCursor"]:
        show_line(f"More with --cursor {found['nextCursor']}")


def _list(client: Client, wanted: dict[str, object], *, limit: int, cursor: str | None) -> Jobs:
    """Ask for page after page, since one with a filter may be short."""
    jobs: list[Job] = []
    while True:
        query = {**wanted, "limit": min(_PAGE, limit - len(jobs))}
        page: Jobs = client.data(
            "GET", "/api/v1/jobs", params=query | ({"cursor": cursor} if cursor else {})
        )
        jobs += page["jobs"]
        cursor = page["nextCursor"]
        if len(jobs) == limit or cursor is None:
            return {"jobs": jobs, "nextCursor": cursor}
