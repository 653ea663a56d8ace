"""Options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

EXIT_CODES = (
    "Exit codes: 0 all is well; 1 the task ended in error or was cancelled, or the local system "
    "cannot run; 2 wrong usage, or the server refused the request; 3 nobody answers, or the "
    "server has a fault."
)

DEFAULT_PORT = 8080

Url = Annotated[str, typer.Option(envvar="SLUICE_URL", help="Where Sluice's API is.")]
DEFAULT_URL = f"http://127.0.0.1:{DEFAULT_PORT}"

User = Annotated[
    str, typer.Option(envvar="SLUICE_USER", help="Who asks, on a server without sign-in.")
]
DEFAULT_USER = "local"

AsJson = Annotated[
    bool, typer.Option("--json", help="Print the API's data as JSON and nothing else.")
]
RecordId = Annotated[str, typer.Argument(metavar="RECORD", help="The record's id.")]

Port = Annotated[int, typer.Option(min=0, max=65535, help="Where to serve; 0: any free port.")]
Data = Annotated[
    Path, typer.Option(file_okay=False, help="Folder that keeps the database and the files.")
]
DEFAULT_DATA = Path(".sluice")

Columns = Annotated[
    list[str] | None,
    typer.Option("--column", help="Only this column; repeat it for more, in their order."),
]
Filters = Annotated[
    list[str] | None,
    typer.Option(
        "--filter",
        help="Only rows where this holds, such as age:gt:30; repeat it for more. Ops: eq ne lt le "
        "gt ge in contains startswith isblank notblank.",
    ),
]
