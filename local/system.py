"""The whole of Sluice on one machine."""

from __future__ import annotations

import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from local.bucket import Bucket
from local.child import Child
from local.functions import FUNCTIONS, FunctionProcess
from local.lock import locked
from local.paths import ROOT
from local.ports import HOST, free_port, listening
from local.postgres import Postgres
from local.supervisor import Supervisor
from shared.migrate import migrate
from shared.roles import ROLES, let_in

DATABASE = "sluice"


class System:
    """A running system: `url` is its one address, `functions` are its processes by name."""

    def __init__(self, supervisor: Supervisor, data: Path) -> None:
        self._supervisor = supervisor
        self._data = data
        self.url = ""
        self.functions: dict[str, FunctionProcess] = {}

    def check(self) -> None:
        """Raise ChildDied when one of its processes no longer runs."""
        self._supervisor.check()

    def serve(self) -> None:
        """Stay until a process ends by itself, and raise its ChildDied."""
        self._supervisor.watch()

    def start(self, listener: int, port: int) -> None:
        """Start every part, those first that others need; returns when all are ready."""
        self.url = f"http://{HOST}:{port}"
        self.postgres = Postgres(data=self._data / "postgres", log=self._log("postgres"))
        self._supervisor.start(self.postgres)
        database_url = self.postgres.ensure_database(DATABASE)
        migrate(database_url)
        # New ones at each start: nobody needs to keep them.
        self._passwords = {name: secrets.token_urlsafe(24) for name in FUNCTIONS}
        let_in(database_url, self._passwords)
        self.bucket = Bucket(data=self._data / "bucket", log=self._log("bucket"))
        self._supervisor.start(self.bucket)
        self._start_functions(dict(self.bucket.env))
        self._start_origin(listener)
        for function in self.functions.values():
            function.wait_ready(check=self.check)
        self._start_tick()

    def _start_functions(self, env: dict[str, str]) -> None:
        # They start all at once, so where the worker will be is settled before.
        ports = {name: free_port() for name in FUNCTIONS}
        worker_url = f"http://{HOST}:{ports['worker']}/"
        env |= {"AUTH_MODE": "none", "NUDGE": "http", "WORKER_URL": worker_url}
        for name in FUNCTIONS:
            database = self.postgres.url(DATABASE, role=ROLES[name], password=self._passwords[name])
            own = {"DATABASE_URL": database, **env}
            function = FunctionProcess(name, env=own, log=self._log(name), port=ports[name])
            self._supervisor.start(function)
            self.functions[name] = function

    def _start_origin(self, listener: int) -> None:
        addresses = [self.functions[name].url for name in ("upload", "status")]
        self._supervisor.start(
            self._module("origin", str(listener), *addresses, self.bucket.url, inherit=[listener])
        )

    def _start_tick(self) -> None:
        self._supervisor.start(self._module("tick", self.functions["worker"].url + "/"))

    def _module(self, name: str, *arguments: str, inherit: list[int] | None = None) -> Child:
        return Child(
            name=f"The {name}",
            command=[sys.executable, "-m", f"local.{name}", *arguments],
            log=self._log(name),
            cwd=ROOT,
            env={"PYTHONPATH": str(ROOT)},
            inherit=inherit or [],
        )

    def _log(self, name: str) -> Path:
        return self._data / "logs" / f"{name}.log"


@contextmanager
def running_system(*, data: Path, port: int) -> Iterator[System]:
    """Start the system on a folder and a port (0: any that is free); end all of it with the block.

    CannotRun when the folder is in use, the port is taken, or a part does not start. What the
    system stores stays in the folder for the next time.
    """
    data = data.resolve()
    with locked(data), listening(port) as listener, Supervisor() as supervisor:
        system = System(supervisor, data)
        system.start(listener.fileno(), listener.getsockname()[1])
        yield system
