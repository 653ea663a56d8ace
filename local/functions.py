"""The three functions, each in a functions-framework process of its own."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import httpx

from local.child import Child
from local.paths import ROOT
from local.ports import HOST, free_port

FUNCTIONS = ("upload", "status", "worker")
_READY_SECONDS = 60
_AS_IN_THE_IMAGE = {
    "status": {"ARROW_DEFAULT_MEMORY_POOL": "system", "MALLOC_ARENA_MAX": "2"},
}


def command_of(name: str) -> list[str]:
    """Return the command that serves a function, its image's own; it reads HOST and PORT."""
    app = f"functions_framework:create_app('{name}', 'functions/{name}/main.py')"
    return [sys.executable, "-m", "gunicorn", "-c", f"functions/{name}/gunicorn_conf.py", app]


class FunctionProcess:
    """One function, served as Cloud Run serves it, on a port that is free unless it is given."""

    def __init__(
        self, name: str, *, env: Mapping[str, str], log: Path, port: int | None = None
    ) -> None:
        self.name = name
        port = port or free_port()
        self.url = f"http://{HOST}:{port}"
        self.child = Child(
            name=f"The function {name}",
            command=command_of(name),
            log=log,
            cwd=ROOT,
            env={
                "PYTHONPATH": str(ROOT),
                "PYTHONUNBUFFERED": "1",
                **_AS_IN_THE_IMAGE.get(name, {}),
                "HOST": HOST,
                "PORT": str(port),
                **env,
            },
        )

    def start(self) -> None:
        """Start it; returns at once."""
        self.child.start()

    def wait_ready(self, *, check: Callable[[], None]) -> None:
        """Wait until it says that it can serve; `check` raises when one of its like has died."""
        self.child.wait_ready(self._is_ready, seconds=_READY_SECONDS, check=check)

    def check(self) -> None:
        """Raise ChildDied when it no longer runs."""
        self.child.check()

    def stop(self) -> None:
        """End it, with all its workers."""
        self.child.stop()

    def _is_ready(self) -> bool:
        try:
            answer = httpx.get(f"{self.url}/health/ready", trust_env=False)
        except httpx.TransportError:
            return False
        return answer.status_code == httpx.codes.OK
