"""A PgBouncer that pools transactions, in front of a PostgreSQL server."""

from __future__ import annotations

import os
import shutil
import signal
import socket
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from local.account import unprivileged_owner
from local.child import Child
from local.ports import HOST, free_port
from local.postgres import Postgres
from local.server import Server

_READY_SECONDS = 10
_MAX_CLIENTS = 50


class PgBouncer(Server):
    """`with PgBouncer(server, folder=folder) as pooler: psycopg.connect(pooler.url("sluice"))`.

    Each database gets at most `pool_size` server connections, however many clients there are. As
    in transaction mode everywhere, nothing is reset between two clients of one server connection.
    """

    def __init__(self, server: Postgres, *, folder: Path, pool_size: int = 2) -> None:
        self._server = server
        self._folder = folder.resolve()
        self._pool_size = pool_size
        self.port = free_port()

    def start(self) -> None:
        """Start it; returns once it accepts connections."""
        self._child = self._prepare()
        self._child.start()
        self._child.wait_ready(self._is_ready, seconds=_READY_SECONDS)

    def check(self) -> None:
        """Raise ChildDied when it no longer runs."""
        self._child.check()

    def stop(self) -> None:
        """End it at once, whoever is connected."""
        self._child.stop()

    def url(self, database: str) -> str:
        """Return a libpq address of one database, through the pooler."""
        return f"postgresql://{HOST}:{self.port}/{database}"

    def through(self, direct: str) -> str:
        """Return the address by which the pooler leads to the database of a direct address."""
        return self.url(urlsplit(direct).path.removeprefix("/"))

    def _prepare(self) -> Child:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        account = unprivileged_owner(self._folder)
        config = self._folder / "pgbouncer.ini"
        config.touch(mode=0o600)
        config.write_text(self._config())
        if account:
            os.chown(self._folder, account.uid, account.gid)
            os.chown(config, account.uid, account.gid)
        return Child(
            name="PgBouncer",
            command=[installed(), config],
            log=self._folder / "pgbouncer.log",
            cwd=self._folder,
            account=account,
            stop_signal=signal.SIGTERM,
        )

    def _config(self) -> str:
        server = urlsplit(self._server.url())
        return f"""
[databases]
* = host={HOST} port={server.port} user={server.username} password={server.password}

[pgbouncer]
listen_addr = {HOST}
listen_port = {self.port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = {self._pool_size}
max_client_conn = {_MAX_CLIENTS}
"""

    def _is_ready(self) -> bool:
        with closing(socket.socket()) as probe:
            return probe.connect_ex((HOST, self.port)) == 0


def installed() -> str:
    """Return the program; skips the test where there is none."""
    program = shutil.which("pgbouncer", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if program is None:
        pytest.skip("PgBouncer is not installed: apt-get install pgbouncer")
    return program
