"""`sluice findings`."""

from pathlib import Path
from typing import Annotated

import typer

from cli.client import Client
from cli.options import DEFAULT_URL, DEFAULT_USER, AsJson, RecordId, Url, User
from cli.show import show_findings, show_json, show_line

Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", dir_okay=False, help="Write a workbook with notes (.xlsx)."),
]
Chinese = Annotated[bool, typer.Option("--zh", help="Show the Chinese sentences.")]


def findings(
    record: RecordId,
    *,
    output: Output = None,
    chinese: Chinese = False,
    as_json: AsJson = False,
    url: Url = DEFAULT_URL,
    user: User = DEFAULT_USER,
) -> None:
    """Show what is doubtful in a record."""
    with Client(url, user=user) as client:
        found = client.findings(record)
        size = None if output is None else client.annotated(record, to=output)
    if as_json:
        show_json(found)
        return
    show_findings(found, language="zh" if chinese else "en")
    if size is not None:
        show_line(f"Saved {output} ({size:,} bytes).")
