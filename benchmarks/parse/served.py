"""Workbooks in a running system, ready to be read over HTTP."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import psutil

from cli.client import Client
from cli.follow import follow, require_ready
from cli.send import send
from local.system import System, running_system

_PATIENCE_SECONDS = 300.0
_MB = 1e6


class Served:
    """A system with records in it; times are in ms, and of whole answers."""

    def __init__(self, system: System, http: httpx.Client) -> None:
        self._system = system
        self._http = http

    def upload(self, file: Path) -> str:
        """Return the address of the record that this file has become."""
        with Client(self._system.url, user="local") as client:
            task = send(client, file, on_sent=lambda _: None)
            require_ready(follow(client, task, every=0.2, on_status=lambda _: None))
        return f"/api/v1/sheets/tasks/{task['recordId']}"

    def timed(self, url: str, **query: object) -> float:
        """GET it and return how long that took."""
        began = time.perf_counter()
        self._http.get(url, params=query).raise_for_status()  # type: ignore[arg-type]
        return (time.perf_counter() - began) * 1000

    def times(self, runs: int, url: str, query: Callable[[int], dict[str, object]]) -> list[float]:
        """GET it so many times after a first time that does not count."""
        self.timed(url, **query(runs))
        return [self.timed(url, **query(run)) for run in range(runs)]

    def json(self, url: str, **query: object) -> dict[str, object]:
        """Return an answer's data."""
        answer = self._http.get(url, params=query)  # type: ignore[arg-type]
        return dict(answer.raise_for_status().json()["data"])

    def status_mb(self) -> float:
        """Return what the largest process of the status function has in memory."""
        root = psutil.Process(self._system.functions["status"].child.pid)
        family = [root, *root.children(recursive=True)]
        return max(process.memory_info().rss for process in family) / _MB


@contextmanager
def served() -> Iterator[Served]:
    """Run a system for the length of the block."""
    with (
        tempfile.TemporaryDirectory(prefix="sluice-bench-") as folder,
        running_system(data=Path(folder), port=0) as system,
        httpx.Client(base_url=system.url, timeout=_PATIENCE_SECONDS) as http,
    ):
        yield Served(system, http)
