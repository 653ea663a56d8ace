"""`sluice export`."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from cli.client import Client
from cli.errors import Refused
from cli.options import DEFAULT_URL, DEFAULT_USER, AsJson, RecordId, Url, User
from cli.show import show_json, show_line


class Format(StrEnum):
    """What a record can be saved as."""

    XLSX = "xlsx"
    CSV = "csv"
    PARQUET = "parquet"
    JSON = "json"


Output = Annotated[Path, typer.Option("--output", "-o", dir_okay=False, help="File to write.")]
As = Annotated[
    Format | None, typer.Option("--format", help="Default: what the file's suffix says.")
]


def export(
    record: RecordId,
    output: Output,
    *,
    format_: As = None,
    as_json: AsJson = False,
    url: Url = DEFAULT_URL,
    user: User = DEFAULT_USER,
) -> None:
    """Save a record as a file."""
    wanted = format_ or _format_of(output)
    with Client(url, user=user) as client:
        size = client.export(record, format_=wanted, to=output)
    if as_json:
        show_json({"file": str(output), "format": wanted, "bytes": size})
    else:
        show_line(f"Saved {output} ({size:,} bytes).")


def _format_of(output: Path) -> Format:
    suffix = output.suffix.removeprefix(".").lower()
    try:
        return Format(suffix)
    except ValueError:
        choices = ", ".join(Format)
        raise Refused(f"{output} does not end in a known format: use --format {choices}.") from None
