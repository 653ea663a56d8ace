"""`sluice migrate`."""

import os
from typing import Annotated

import psycopg
import typer

from cli.errors import NotReached, Refused
from cli.options import AsJson
from cli.show import show_json, show_line
from shared.deploy import deploy

DatabaseUrl = Annotated[
    str, typer.Option(envvar="DATABASE_URL", help="postgresql://user:password@host/database")
]


def migrate(database_url: DatabaseUrl, *, as_json: AsJson = False) -> None:
    """Bring a database up to date.

    UPLOAD_DATABASE_PASSWORD, STATUS_… and WORKER_…, where they are set, become the passwords of the
    roles sluice_upload, sluice_status and sluice_worker.
    """
    try:
        applied = deploy(database_url, os.environ)
    except psycopg.OperationalError as error:
        raise NotReached(f"The database does not answer: {error}") from error
    except psycopg.ProgrammingError as error:
        raise Refused(f"The database cannot be migrated: {error}") from error
    if as_json:
        show_json({"applied": applied})
    elif applied:
        show_line("Applied " + ", ".join(applied) + ".")
    else:
        show_line("The database is up to date.")
