"""`sluice schedules`."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

import typer
from rich.markup import escape

from cli.answers import Schedule
from cli.client import Client
from cli.groups import command_follows, new_group
from cli.options import DEFAULT_URL, DEFAULT_USER, EXIT_CODES, AsJson, Url, User
from cli.show import CONSOLE, new_table, show_json, shown_time

_PATH = "/api/v1/schedules"

Name = Annotated[str, typer.Argument(metavar="NAME", help="The schedule's name.")]

app = new_group("schedules", "List the schedules (operators only).", lists=True)


@app.callback()
def list_schedules(
    context: typer.Context,
    *,
    as_json: AsJson = False,
    url: Url = DEFAULT_URL,
    user: User = DEFAULT_USER,
) -> None:
    """List the schedules (operators only)."""
    if command_follows(context):
        return
    with Client(url, user=user) as client:
        found = client.data("GET", _PATH)
    if as_json:
        show_json(found)
    else:
        _show(found["schedules"])


@app.command(epilog=EXIT_CODES)
def pause(
    name: Name, *, as_json: AsJson = False, url: Url = DEFAULT_URL, user: User = DEFAULT_USER
) -> None:
    """Let a schedule enqueue nothing until it is resumed."""
    _change(f"{quote(name, safe='')}/pause", url, user, as_json=as_json)


@app.command(epilog=EXIT_CODES)
def resume(
    name: Name, *, as_json: AsJson = False, url: Url = DEFAULT_URL, user: User = DEFAULT_USER
) -> None:
    """Let a schedule go on."""
    _change(f"{quote(name, safe='')}/resume", url, user, as_json=as_json)


def _change(path: str, url: str, user: str, *, as_json: bool) -> None:
    with Client(url, user=user) as client:
        changed = client.data("POST", f"{_PATH}/{path}")
    if as_json:
        show_json(changed)
    else:
        _show([changed])


def _show(schedules: list[Schedule]) -> None:
    table = new_table("schedules")
    for heading in ("name", "cron", "time zone", "queue", "tenant", "next (UTC)"):
        table.add_column(heading)
    for each in schedules:
        texts = (each["name"], each["cron"], each["timeZone"], each["queue"], each["tenant"])
        coming = "paused" if each["paused"] else shown_time(each["nextAt"])
        table.add_row(*(escape(text) for text in texts), coming)
    CONSOLE.print(table)
