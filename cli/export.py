"""`sluice export`."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from cli.client import Client
from cli.errors import Refused
from cli.once_made import once_made
from cli.options import (
    DEFAULT_URL,
    DEFAULT_USER,
    AsJson,
    Columns,
    Filters,
    RecordId,
    Url,
    User,
)
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
Neutralise = Annotated[
    bool | None,
    typer.Option(
        "--neutralise/--as-is",
        help="Whether texts that look like formulas get an apostrophe. Default: in csv.",
    ),
]


def export(
    record: RecordId,
    output: Output,
    *,
    format_: As = None,
    columns: Columns = None,
    filters: Filters = None,
    neutralise: Neutralise = None,
    as_json: AsJson = False,
    url: Url = DEFAULT_URL,
    user: User = DEFAULT_USER,
) -> None:
    """Save a record as a file."""
    wanted = format_ or _format_of(output)
    query = {"format": wanted.value, "columns": columns or [], "filter": filters or []}
    if neutralise is not None:
        query["neutralise"] = str(neutralise).lower()
    with Client(url, user=user) as client:
        size = _saved(client, record, output, query)
    if as_json:
        show_json({"file": str(output), "format": wanted, "bytes": size})
    else:
        show_line(f"Saved {output} ({size:,} bytes).")


def _saved(client: Client, record: str, output: Path, query: dict[str, str | list[str]]) -> int:
    made = once_made(client, lambda: client.export(record, to=output, **query), "Exporting")
    return made if isinstance(made, int) else client.exported(made["exportUrl"], to=output)


def _format_of(output: Path) -> Format:
    suffix = output.suffix.removeprefix(".").lower()
    try:
        return Format(suffix)
    except ValueError:
        choices = ", ".join(Format)
        raise Refused(f"{output} does not end in a known format: use --format {choices}.") from None
