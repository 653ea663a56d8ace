"""Show what the API answers to a person."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from cli.answers import Cell, Column, Job, Preview, Record, Status

CONSOLE = Console(highlight=False)
_COLUMN_WIDTH = 12
"""What a column of rows needs to be readable, in characters."""


def show_json(data: Any) -> None:  # noqa: ANN401 - any JSON
    """Print JSON for scripts."""
    print(json.dumps(data, ensure_ascii=False, indent=2))


def show_line(text: str) -> None:
    """Print one line; `text` may carry rich's markup."""
    CONSOLE.print(text, soft_wrap=True)


def show_columns(record: Record) -> None:
    """Print the size and a line per column of a record that is ready."""
    columns = record["columns"] or []
    title = f"{record['totalRows']:,} rows × {len(columns)} columns"
    table = Table("#", "column", "type", title=title, title_justify="left", title_style="bold")
    for heading in ("blank", "errors", "odd", "typed as text"):
        table.add_column(heading, justify="right")
    for number, column in enumerate(columns, 1):
        counts = [column["blanks"], column["errors"], column["odd"], column["fromText"]]
        table.add_row(
            str(number),
            escape(column["name"]),
            column["type"],
            *(f"{count:,}" if count else "" for count in counts),
        )
    CONSOLE.print(table)


def show_rows(page: Preview) -> None:
    """Print rows, as many of their columns as the terminal is wide."""
    shown = max(1, CONSOLE.width // _COLUMN_WIDTH)
    first, last = page["offset"] + 1, page["offset"] + len(page["rows"])
    hidden = len(page["columns"]) - shown
    more = f", {hidden} more columns not shown" if hidden > 0 else ""
    title = f"rows {first:,} to {last:,} of {page['totalRows']:,}{more}"
    table = Table(title=title, title_justify="left", title_style="bold")
    for column in page["columns"][:shown]:
        table.add_column(
            escape(column["name"]), justify=_justify(column), no_wrap=True, overflow="ellipsis"
        )
    for row in page["rows"]:
        table.add_row(*(_text(cell) for cell in row[:shown]))
    CONSOLE.print(table)


def show_status(status: Status) -> None:
    """Print one line on how a record is."""
    line = f"{status['recordId']}  [bold]{status['status']}[/]"
    if status["status"] == "processing":
        line += f"  {status['progress']} %  {escape(status['phase'] or '')}"
        if status["queuePosition"]:
            line += f"  position {status['queuePosition']} in the queue"
    if status["error"]:
        line += f"  {escape(status['error'])}"
    show_line(line)


def show_jobs(jobs: list[Job]) -> None:
    """Print a line per job."""
    table = Table("job", "queue", "state", "attempt", "created", "record", "error")
    for job in jobs:
        attempt = f"{job['attempt']} of {job['maxAttempts']}"
        created = job["createdAt"][:19].replace("T", " ")
        facts = [str(job["jobId"]), job["queue"], job["state"], attempt, created]
        table.add_row(*facts, job["recordId"] or "", escape(job["error"] or ""))
    CONSOLE.print(table)


@contextmanager
def progress_bar(description: str) -> Iterator[ProgressBar]:
    """Draw a bar for the length of the block; on stderr, so that stdout stays for answers."""
    columns = TextColumn("{task.description}"), BarColumn(), TaskProgressColumn()
    with Progress(*columns, TimeElapsedColumn(), console=Console(stderr=True)) as progress:
        yield ProgressBar(progress, description)


class ProgressBar:
    """One bar from 0 to its total."""

    def __init__(self, progress: Progress, description: str) -> None:
        self._progress = progress
        self._task = progress.add_task(description, total=100)

    def advance_to(
        self, done: float, *, total: float = 100, description: str | None = None
    ) -> None:
        """Draw `done` of `total`."""
        self._progress.update(self._task, completed=done, total=total, description=description)

    def follow(self, status: Status) -> None:
        """Draw how far a task is."""
        rows = f" row {status['rowsDone']:,}" if status["rowsDone"] else ""
        phase = (status["phase"] or "waiting") if status["status"] == "processing" else "done"
        self.advance_to(status["progress"], description=f"{phase}{rows}")


def _justify(column: Column) -> Any:  # noqa: ANN401 - rich's own literal type
    return "right" if column["type"] in {"integer", "decimal"} else "left"


def _text(cell: Cell) -> str:
    return "[dim]–[/]" if cell is None else escape(str(cell))
