"""`sluice run`."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer

from cli.answers import Status
from cli.client import Client
from cli.errors import CommandFailed
from cli.follow import follow, require_ready
from cli.options import DEFAULT_DATA, DEFAULT_PORT, DEFAULT_USER, Data, Port
from cli.send import send
from cli.show import CONSOLE, progress_bar, show_columns, show_line, show_rows
from local.paths import ROOT
from local.signals import ended_by_signals
from local.system import System, running_system

SAMPLE = ROOT / "samples" / "penguins.xlsx"
_FIRST_ROWS = 5
_POLL_SECONDS = 0.1
_INTERRUPTED = 130

Spreadsheet = Annotated[
    Path, typer.Option(exists=True, dir_okay=False, readable=True, help="A spreadsheet.")
]


def run(
    *, file: Spreadsheet = SAMPLE, port: Port = DEFAULT_PORT, data: Data = DEFAULT_DATA
) -> None:
    """Start the whole system, take one spreadsheet through it, show the result, stop."""
    try:
        with ended_by_signals():
            _run(file, port, data)
    except KeyboardInterrupt:
        show_line("Stopped.")
        raise typer.Exit(_INTERRUPTED) from None


def _run(file: Path, port: int, data: Path) -> None:
    begin = time.monotonic()
    with (
        CONSOLE.status("Starting Postgres, the bucket and the three functions …") as starting,
        running_system(data=data, port=port) as system,
        Client(system.url, user=DEFAULT_USER) as client,
    ):
        starting.stop()
        show_line(f"Sluice is at [bold]{system.url}[/] after {time.monotonic() - begin:.1f} s.")
        try:
            _take_through(client, system, file)
        except CommandFailed:
            system.check()  # a process that died explains more than what it caused
            raise


def _take_through(client: Client, system: System, file: Path) -> None:
    begin = time.monotonic()
    task = send(client, file, on_sent=lambda _: None)
    sent = time.monotonic()
    show_line(f"Uploaded {file.name} ({file.stat().st_size:,} bytes) in {sent - begin:.2f} s.")
    with progress_bar("waiting") as bar:
        status = follow(client, task, every=_POLL_SECONDS, on_status=bar.follow, check=system.check)
    require_ready(status)
    show_line(f"Ready after {time.monotonic() - sent:.2f} s of background work.")
    _show_result(client, status)


def _show_result(client: Client, status: Status) -> None:
    show_columns(status["record"])
    show_rows(client.preview(status["recordId"], limit=_FIRST_ROWS))
