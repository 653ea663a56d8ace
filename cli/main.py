"""The command line: every command is a file of its own, this one only puts them together."""

import sys

import typer

from cli import batches, queues, recipes, schedules
from cli.errors import CommandFailed
from cli.export import export
from cli.extract import extract
from cli.findings import findings
from cli.jobs import app as jobs
from cli.migrate import migrate
from cli.options import EXIT_CODES
from cli.parse import parse
from cli.preview import preview
from cli.run import run
from cli.screen import screen
from cli.status import status
from cli.up import up
from cli.upload import upload
from shared.errors import SluiceError

_HELP = "Upload spreadsheets, follow the work on them, read what they hold."

app = typer.Typer(
    help=_HELP,
    epilog=EXIT_CODES,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for command in (
    run,
    up,
    upload,
    parse,
    status,
    preview,
    findings,
    export,
    screen,
    extract,
    migrate,
):
    app.command(epilog=EXIT_CODES)(command)
for group in (recipes, jobs, queues, schedules, batches):
    app.add_typer(group.app)


def main() -> None:
    """Run one command; an error that we know is one sentence on stderr, never a stack trace."""
    try:
        app(prog_name="sluice")
    except SluiceError as error:
        print(error, file=sys.stderr)
        sys.exit(error.exit_code if isinstance(error, CommandFailed) else 1)


if __name__ == "__main__":
    main()
