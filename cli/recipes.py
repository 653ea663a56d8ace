"""`sluice recipe`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.client import Client
from cli.errors import Refused
from cli.follow import follow, require_ready
from cli.groups import new_group
from cli.options import DEFAULT_URL, DEFAULT_USER, EXIT_CODES, AsJson, RecordId, Url, User
from cli.show import progress_bar, show_columns, show_json, show_line

_TASKS = "/api/v1/sheets/tasks"
_POLL_SECONDS = 0.2

Out = Annotated[
    Path | None, typer.Option("--out", "-o", dir_okay=False, help="File to write, else print it.")
]
RecipeFile = Annotated[
    Path,
    typer.Argument(metavar="FILE", exists=True, dir_okay=False, help="What `save` has written."),
]

app = new_group("recipe", "Keep what was done to a record, and do it to another one.", lists=False)


@app.command(epilog=EXIT_CODES)
def save(
    record: RecordId, *, out: Out = None, url: Url = DEFAULT_URL, user: User = DEFAULT_USER
) -> None:
    """Save the actions that led to a record's current version, as JSON."""
    with Client(url, user=user) as client:
        recipe = client.data("GET", f"{_TASKS}/{record}/recipe")["recipe"]
    if out is None:
        show_json(recipe)
        return
    out.write_text(json.dumps(recipe, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    show_line(f"Saved {out} ({len(recipe)} actions).")


@app.command(epilog=EXIT_CODES)
def apply(
    record: RecordId,
    file: RecipeFile,
    *,
    as_json: AsJson = False,
    url: Url = DEFAULT_URL,
    user: User = DEFAULT_USER,
) -> None:
    """Do all actions of a recipe to a record, or none; waits until it is done."""
    recipe = _read(file)
    with Client(url, user=user) as client, progress_bar("editing") as bar:
        task = client.data("POST", f"{_TASKS}/{record}/actions", json={"recipe": recipe})
        status = follow(client, task, every=_POLL_SECONDS, on_status=bar.follow)
    if as_json:
        show_json(status)
    require_ready(status)
    if not as_json:
        show_line(f"Record [bold]{record}[/] has a new version.")
        show_columns(status["record"])


def _read(file: Path) -> list[Any]:
    try:
        recipe = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise Refused(f"{file} is no recipe: {error}.") from error
    if not isinstance(recipe, list):
        raise Refused(f"{file} is no recipe: a recipe is a list of actions.")
    return recipe
