"""`sluice jobs cancel` and `sluice jobs retry`."""

from __future__ import annotations

import sys
from typing import Annotated, Literal

import typer

from cli.answers import Changed
from cli.client import Client
from cli.errors import Refused
from cli.jobs.options import All, OfQueue, OfSubject, OfTenant, State, filter_of
from cli.options import DEFAULT_URL, DEFAULT_USER, AsJson, Url, User
from cli.show import show_json, show_line

_AT_ONCE = 500
"""Jobs that one request may change."""

Ids = Annotated[list[int] | None, typer.Argument(metavar="[JOB]...", min=1, help="Jobs' ids.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask before a change by filter.")]
Verb = Literal["cancel", "retry"]


def cancel(
    ids: Ids = None,
    *,
    queue: OfQueue = None,
    state: State = None,
    tenant: OfTenant = None,
    subject: OfSubject = None,
    all_: All = False,
    yes: Yes = False,
    as_json: AsJson = False,
    url: Url = DEFAULT_URL,
    user: User = DEFAULT_USER,
) -> None:
    """Cancel jobs, by id or all that match a filter and have not ended."""
    wanted = filter_of(queue=queue, state=state, tenant=tenant, subject=subject, all_=all_)
    with Client(url, user=user) as client:
        _change(client, "cancel", ids or [], wanted, yes=yes, as_json=as_json)


def retry(
    ids: Ids = None,
    *,
    queue: OfQueue = None,
    state: State = None,
    tenant: OfTenant = None,
    subject: OfSubject = None,
    all_: All = False,
    yes: Yes = False,
    as_json: AsJson = False,
    url: Url = DEFAULT_URL,
    user: User = DEFAULT_USER,
) -> None:
    """Let jobs run again, by id or all that match a filter and are buried."""
    wanted = filter_of(queue=queue, state=state, tenant=tenant, subject=subject, all_=all_)
    with Client(url, user=user) as client:
        _change(client, "retry", ids or [], wanted, yes=yes, as_json=as_json)


def _change(
    client: Client,
    verb: Verb,
    ids: list[int],
    wanted: dict[str, object],
    *,
    yes: bool,
    as_json: bool,
) -> None:
    if not ids and not wanted:
        raise Refused(f"Say which jobs to {verb}: by their ids, or by a filter such as --queue.")
    if not ids and not yes:
        _ask_first(verb, wanted)
    # Who names one job is to hear why it cannot be changed.
    if len(ids) == 1 and not wanted:
        client.data("POST", f"/api/v1/jobs/{ids[0]}/{verb}")
        total: Changed = {"changed": 1, "skipped": 0, "nextCursor": None}
    else:
        total = _change_all(client, verb, ids, wanted)
    _show(verb, total, as_json=as_json)
    if ids and total["skipped"]:
        raise Refused(f"{total['skipped']} of the named jobs could not be changed.")


def _ask_first(verb: Verb, wanted: dict[str, object]) -> None:
    meant = ", ".join(f"{name} {value}" for name, value in wanted.items() if name != "all")
    whose = "everybody's jobs" if "all" in wanted else "jobs"
    if not sys.stdin.isatty():
        raise Refused(f"Say --yes to {verb} all {whose} that match, without being asked.")
    typer.confirm(f"{verb.capitalize()} all {whose} that match ({meant})?", abort=True, err=True)


def _change_all(client: Client, verb: Verb, ids: list[int], wanted: dict[str, object]) -> Changed:
    total: Changed = {"changed": 0, "skipped": 0, "nextCursor": None}
    parts = [ids[at : at + _AT_ONCE] for at in range(0, len(ids), _AT_ONCE)]
    for part in parts or [[]]:
        body = {**wanted, "limit": _AT_ONCE} | ({"ids": part} if part else {})
        while True:
            answer: Changed = client.data("POST", f"/api/v1/jobs/{verb}", json=body)
            total["changed"] += answer["changed"]
            total["skipped"] += answer["skipped"]
            if answer["nextCursor"] is None:
                break
            body["cursor"] = answer["nextCursor"]
    return total


def _show(verb: Verb, total: Changed, *, as_json: bool) -> None:
    if as_json:
        show_json({"changed": total["changed"], "skipped": total["skipped"]})
        return
    done = {"cancel": "cancelled", "retry": "waiting again"}[verb]
    skipped = f", skipped: {total['skipped']:,}" if total["skipped"] else ""
    show_line(f"Jobs {done}: {total['changed']:,}{skipped}")
