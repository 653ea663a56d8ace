"""Show what the API answers to a person."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from cli.answers import Cell, Findings, Preview, Record, Status

_PIPED_WIDTH = 160
"""Of lines that no terminal breaks: nothing that a table shows should be cut for them."""


def _width() -> int | None:
    """Return None where the terminal, or its owner, says how wide it is."""
    return None if sys.stdout.isatty() or "COLUMNS" in os.environ else _PIPED_WIDTH


CONSOLE = Console(highlight=False, width=_width())
_CELL_WIDTH = 14
"""Of a cell in rows, in characters; longer texts are cut."""
_GAP = 3
_COUNTS_WIDTH = 48
"""Of everything beside a column's name."""


def show_json(data: Any) -> None:  # noqa: ANN401 - any JSON
    """Print JSON for scripts."""
    print(json.dumps(data, ensure_ascii=False, indent=2))


def show_line(text: str) -> None:
    """Print one line; `text` may carry rich's markup."""
    CONSOLE.print(text, soft_wrap=True)


def new_table(title: str) -> Table:
    """Return an empty table in the house style."""
    return Table(
        title=title, title_justify="left", title_style="bold", box=SIMPLE_HEAD, show_edge=False
    )


def show_columns(record: Record) -> None:
    """Print the size and a line per column of a record that is ready."""
    columns = record["columns"] or []
    table = new_table(f"{record['totalRows']:,} rows × {len(columns)} columns")
    table.add_column("#", justify="right", min_width=2)
    table.add_column("column", max_width=max(_CELL_WIDTH, CONSOLE.width - _COUNTS_WIDTH))
    table.add_column("type", min_width=8)
    for heading in ("blank", "error", "odd", "as text"):
        table.add_column(heading, justify="right", min_width=len(heading))
    for number, column in enumerate(columns, 1):
        counts = [column["blanks"], column["errors"], column["odd"], column["fromText"]]
        cells = (f"{count:,}" if count else "" for count in counts)
        table.add_row(str(number), escape(column["name"]), column["type"], *cells)
    CONSOLE.print(table)


def show_findings(found: Findings, *, language: Literal["en", "zh"]) -> None:
    """Print a line per finding, with the first cells and what to do."""
    if not found["findings"]:
        show_line("Nothing is doubtful." if found["looked"] else "Nobody has looked at this data.")
        return
    table = new_table(f"{found['count']:,} doubtful cells")
    for heading in ("rule", "finding", "first cells", "what to do"):
        table.add_column(heading)
    for finding in found["findings"]:
        cells = (cell["cell"] or f"row {cell['index'] + 1}" for cell in finding["cells"][:3])
        said, advice = finding["message"][language], finding["suggestion"][language]
        table.add_row(finding["rule"], escape(said), ", ".join(cells), escape(advice))
    CONSOLE.print(table)


def show_rows(page: Preview) -> None:
    """Print rows, as many of their columns as the terminal is wide."""
    shown = max(1, CONSOLE.width // (_CELL_WIDTH + _GAP))
    first, last = page["offset"] + 1, page["offset"] + len(page["rows"])
    hidden = len(page["columns"]) - shown
    more = f" ({hidden} more columns)" if hidden > 0 else ""
    table = new_table(f"rows {first:,} to {last:,} of {page['totalRows']:,}{more}")
    for column in page["columns"][:shown]:
        numeric = column["type"] in {"integer", "decimal"}
        table.add_column(
            escape(column["name"]), justify="right" if numeric else "left", max_width=_CELL_WIDTH
        )
    for row in page["rows"]:
        table.add_row(*(_cell(cell) for cell in row[:shown]))
    CONSOLE.print(table)


def _cell(cell: Cell) -> Text:
    if cell is None:
        return Text("–", style="dim")
    text = Text(str(cell).replace("\n", " "))
    text.truncate(_CELL_WIDTH, overflow="ellipsis")
    return text


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


def shown_time(moment: str | None) -> str:
    """Return an ISO 8601 time to the second, an empty text for none."""
    return (moment or "")[:19].replace("T", " ")


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
        # Ended: `ready`, `error` and `cancelled` are words for people, too.
        phase: str = status["status"]
        if phase == "processing":
            phase = status["phase"] or "waiting"
        self.advance_to(status["progress"], description=f"{phase}{rows}")
