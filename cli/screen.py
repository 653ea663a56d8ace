"""`sluice screen`."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, cast

import typer

from cli.answers import Accepted
from cli.client import Client
from cli.language_task import announce, format_of, read_json, wait_for
from cli.options import DEFAULT_URL, DEFAULT_USER, AsJson, Url, User
from cli.send import INLINE_BYTES, send_to_bucket
from cli.show import progress_bar, show_json, show_line

_TASKS = "/api/v1/screenings/tasks"
_FORMATS = ("ris", "csv", "xlsx")


class Rule(StrEnum):
    """How two verdicts become one."""

    BOTH = "both"
    OR = "or"


References = Annotated[
    Path, typer.Argument(exists=True, dir_okay=False, help="RIS, nbib, BibTeX, CSV or xlsx.")
]
Wanted = Annotated[
    Path,
    typer.Option(
        "--criteria",
        exists=True,
        dir_okay=False,
        help="JSON: population, intervention, comparison, outcome, studyDesign, include, exclude.",
    ),
]
Columns = Annotated[
    list[str] | None,
    typer.Option("--column", help="For tables: FIELD=COLUMN, such as title='Article Title'."),
]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", dir_okay=False, help="Save the result: .ris, .csv or .xlsx."),
]


def screen(
    file: References,
    criteria: Wanted,
    *,
    rule: Annotated[Rule, typer.Option(help="`or`: include what either model does.")] = Rule.BOTH,
    column: Columns = None,
    output: Output = None,
    as_json: AsJson = False,
    url: Url = DEFAULT_URL,
    user: User = DEFAULT_USER,
) -> None:
    """Screen references by title and abstract, and wait for the verdicts."""
    wanted = format_of(output, _FORMATS) if output else None
    options = {
        "criteria": read_json(criteria),
        "rule": rule.value,
        "mapping": dict(_pair(each) for each in column or []),
    }
    with Client(url, user=user) as client:
        task = _start(client, file, options)
        if not as_json:
            announce(task)
        wait_for(client, task, "screening")
        summary = client.data("GET", f"{_TASKS}/{task['recordId']}/summary")
        if output:
            path = f"{_TASKS}/{task['recordId']}/export"
            client.save(path, {"format": wanted}, to=output)
    if as_json:
        show_json({**task, "summary": summary})
    else:
        _show(task["recordId"], summary)


def _start(client: Client, file: Path, options: dict[str, Any]) -> Accepted:
    if file.stat().st_size > INLINE_BYTES:
        size = file.stat().st_size
        with progress_bar(f"sending {file.name}") as bar:
            upload = send_to_bucket(client, file, lambda sent: bar.advance_to(sent, total=size))
        return cast("Accepted", client.data("POST", _TASKS, json={**options, "uploadId": upload}))
    fields = {
        name: each if isinstance(each, str) else json.dumps(each) for name, each in options.items()
    }
    with file.open("rb") as content:
        files = {"file": (file.name, content)}
        return cast("Accepted", client.data("POST", _TASKS, files=files, data=fields))


def _pair(text: str) -> tuple[str, str]:
    field, equals, name = text.partition("=")
    if not equals or not name:
        raise typer.BadParameter(f"{text!r} is no FIELD=COLUMN.")
    return field, name


def _show(record: str, summary: dict[str, Any]) -> None:
    counts, kappa = summary["prisma"], summary["kappa"]
    show_line(
        f"Screening [bold]{record}[/]: references {counts['identified']:,}, "
        f"duplicates {counts['duplicatesRemoved']:,}, included {counts['sought']:,}, "
        f"excluded {counts['excluded']:,}, for a person to decide {counts['awaiting']:,}."
    )
    if kappa is not None:
        show_line(f"The models agree on {summary['agreement']:.0%} (kappa {kappa:.2f}).")
