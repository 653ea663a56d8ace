"""The server that all are measured on, with its default settings, and a database for each."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import psycopg
from psycopg import sql

from local.postgres import Postgres
from shared.migrate import migrate


@dataclass(frozen=True)
class Server:
    """A running PostgreSQL with default settings: fsync and synchronous commits on."""

    postgres: Postgres
    _numbers: count[int]

    @contextmanager
    def database(self) -> Iterator[str]:
        """Lend an empty database, and drop it.

        Begins with a checkpoint, so that nobody pays for what others have left to be written.
        """
        name = f"bench_{next(self._numbers)}"
        url = self.postgres.ensure_database(name)
        try:
            self.checkpoint()
            yield url
        finally:
            with psycopg.connect(self.postgres.url(), autocommit=True) as conn:
                conn.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))

    @contextmanager
    def queue(self) -> Iterator[str]:
        """Lend a database with our queue in it."""
        with self.database() as url:
            migrate(url)
            yield url

    def checkpoint(self) -> None:
        """Write out what is dirty."""
        with psycopg.connect(self.postgres.url(), autocommit=True) as conn:
            conn.execute("checkpoint")

    def version(self) -> str:
        """Return the version of PostgreSQL."""
        with psycopg.connect(self.postgres.url()) as conn:
            return conn.info.parameter_status("server_version") or "unknown"


@contextmanager
def server() -> Iterator[Server]:
    """Start it on a folder of its own that is gone afterwards."""
    with (
        tempfile.TemporaryDirectory(prefix="sluice-bench-") as folder,
        Postgres(data=Path(folder) / "postgres") as postgres,
    ):
        yield Server(postgres, count())
