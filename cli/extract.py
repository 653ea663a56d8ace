"""`sluice extract`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from cli.answers import Accepted
from cli.client import Client
from cli.errors import Refused
from cli.language_task import announce, format_of, read_json, read_text, wait_for
from cli.options import DEFAULT_URL, DEFAULT_USER, AsJson, Url, User
from cli.show import show_json, show_line

_TASKS = "/api/v1/extractions/tasks"
_FORMATS = ("csv", "xlsx")
_PAGE = 200
"""Texts in one request, the most that it may ask for."""

Wanted = Annotated[
    Path,
    typer.Option(
        "--template",
        exists=True,
        dir_okay=False,
        help="JSON: a list of {name, type, description, labels, unit, choices, required}.",
    ),
]
Texts = Annotated[
    list[Path] | None, typer.Argument(exists=True, dir_okay=False, help="Texts, a file each.")
]
Sheet = Annotated[str | None, typer.Option("--record", help="A sheet record instead of files.")]
ColumnOf = Annotated[str | None, typer.Option("--column", help="Its column with the texts.")]
AddColumns = Annotated[
    bool, typer.Option("--add-columns", help="Add the values to the record, as a new version.")
]
Output = Annotated[
    Path | None, typer.Option("--output", "-o", dir_okay=False, help="Save as .csv or .xlsx.")
]


def extract(
    template: Wanted,
    files: Texts = None,
    *,
    record: Sheet = None,
    column: ColumnOf = None,
    add_columns: AddColumns = False,
    output: Output = None,
    as_json: AsJson = False,
    url: Url = DEFAULT_URL,
    user: User = DEFAULT_USER,
) -> None:
    """Take values out of texts, from files or a column of a record, and wait for them."""
    if bool(files) == bool(record) or bool(record) != bool(column):
        raise Refused("Name either files with texts, or --record and --column.")
    if add_columns and not record:
        raise Refused("--add-columns needs a --record.")
    wanted = format_of(output, _FORMATS) if output else None
    body: dict[str, Any] = {"template": read_json(template)}
    if files:
        body["texts"] = [read_text(file) for file in files]
    else:
        body |= {"sheetId": record, "column": column}
    with Client(url, user=user) as client:
        task: Accepted = client.data("POST", _TASKS, json=body)
        if not as_json:
            announce(task)
        wait_for(client, task, "extracting")
        path = f"{_TASKS}/{task['recordId']}"
        texts = _all_texts(client, path)
        if add_columns:
            wait_for(client, client.data("POST", f"{path}/columns"), "adding columns")
        if output:
            client.save(f"{path}/export", {"format": wanted}, to=output)
    if as_json:
        show_json({**task, "texts": texts})
    else:
        _show(task["recordId"], texts)


def _all_texts(client: Client, path: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    after: int | None = 0
    while after is not None:
        page = client.data("GET", f"{path}/texts", params={"after": after, "limit": _PAGE})
        found += page["texts"]
        after = page["nextAfter"]
    return found


def _show(record: str, texts: list[dict[str, Any]]) -> None:
    values = [value for text in texts for value in text["values"]]
    found = sum(value["found"] == "found" for value in values)
    check = sum(value["toCheck"] for value in values)
    show_line(
        f"Extraction [bold]{record}[/]: {found:,} values in {len(texts):,} texts, "
        f"{check:,} for a person to check."
    )
