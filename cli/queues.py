"""`sluice queues`."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import quote

import typer

from cli.answers import Queue
from cli.client import Client
from cli.durations import LIFTED, duration, limit, rate
from cli.errors import Refused
from cli.groups import command_follows, new_group
from cli.options import DEFAULT_URL, DEFAULT_USER, EXIT_CODES, AsJson, Url, User
from cli.show import show_json
from cli.show_queues import show_queues

_PATH = "/api/v1/queues"

Name = Annotated[str, typer.Argument(metavar="NAME", help="The queue's name.")]
Duration = Annotated[float | None, typer.Option(parser=duration, metavar="DURATION")]
Limit = Annotated[int | None, typer.Option(parser=limit, metavar="NUMBER|none")]
Rate = Annotated[
    Any, typer.Option("--rate", parser=rate, metavar="RATE|none", help="10/s, 100/m, 5/30s.")
]
Attempts = Annotated[int | None, typer.Option(min=1)]

app = new_group(
    "queues", "List the queues with their load and their policies (operators only).", lists=True
)


@app.callback()
def list_queues(
    context: typer.Context,
    *,
    as_json: AsJson = False,
    url: Url = DEFAULT_URL,
    user: User = DEFAULT_USER,
) -> None:
    """List the queues with their load and their policies (operators only)."""
    if command_follows(context):
        return
    with Client(url, user=user) as client:
        found = client.data("GET", _PATH)
    if as_json:
        show_json(found)
    else:
        show_queues(found["queues"])


@app.command("set", epilog=EXIT_CODES)
def set_policy(
    name: Name,
    *,
    lease: Duration = None,
    max_attempts: Attempts = None,
    max_running: Limit = None,
    max_running_per_tenant: Limit = None,
    start_rate: Rate = None,
    backoff_base: Duration = None,
    backoff_cap: Duration = None,
    keep: Duration = None,
    as_json: AsJson = False,
    url: Url = DEFAULT_URL,
    user: User = DEFAULT_USER,
) -> None:
    """Change a queue's policy; a DURATION is written 500ms, 30s, 10m, 2h or 14d."""
    jobs, period = start_rate or (None, None)
    wanted: dict[str, object] = {
        "leaseSeconds": lease,
        "maxAttempts": max_attempts,
        "maxRunning": max_running,
        "maxRunningPerTenant": max_running_per_tenant,
        "rate": jobs,
        "ratePeriodSeconds": period,
        "backoffBaseSeconds": backoff_base,
        "backoffCapSeconds": backoff_cap,
        "keepSeconds": keep,
    }
    limits = ("maxRunning", "maxRunningPerTenant", "rate")
    change = {
        field: None if field in limits and value == LIFTED else value
        for field, value in wanted.items()
        if value is not None
    }
    if not change:
        raise Refused("Say what to change: `sluice queues set --help` lists it.")
    _show(_ask(url, user, "PATCH", quote(name, safe=""), json=change), as_json=as_json)


@app.command(epilog=EXIT_CODES)
def pause(
    name: Name, *, as_json: AsJson = False, url: Url = DEFAULT_URL, user: User = DEFAULT_USER
) -> None:
    """Let no more of a queue's jobs start; those that run go on."""
    _show(_ask(url, user, "POST", f"{quote(name, safe='')}/pause"), as_json=as_json)


@app.command(epilog=EXIT_CODES)
def resume(
    name: Name, *, as_json: AsJson = False, url: Url = DEFAULT_URL, user: User = DEFAULT_USER
) -> None:
    """Let a queue's jobs start again."""
    _show(_ask(url, user, "POST", f"{quote(name, safe='')}/resume"), as_json=as_json)


def _ask(url: str, user: str, method: str, path: str, **options: object) -> Queue:
    with Client(url, user=user) as client:
        queue: Queue = client.data(method, f"{_PATH}/{path}", **options)
        return queue


def _show(queue: Queue, *, as_json: bool) -> None:
    if as_json:
        show_json(queue)
    else:
        show_queues([queue])
