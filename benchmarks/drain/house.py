"""A worker with job kinds of the benchmarks' own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from local.child import Child
from local.functions import command_of
from local.paths import ROOT
from local.ports import HOST, free_port

HANDLERS = Path(__file__).with_name("handlers")
_READY_SECONDS = 60
_LONGER_THAN_ANY_DRAIN = 300


def build_house(folder: Path, *, handlers: Path = HANDLERS) -> Path:
    """Copy the worker's code there, with the benchmark's `handlers` beside its own."""
    for package in ("functions", "shared"):
        shutil.copytree(ROOT / package, folder / package)
    for file in handlers.glob("[a-z]*.py"):
        shutil.copy(file, folder / "functions" / "worker" / "handlers")
    return folder


class Worker:
    """A worker's process, as its image starts it."""

    def __init__(self, url: str, child: Child) -> None:
        self._url = url
        self._child = child
        self.log = child.log

    @property
    def pid(self) -> int:
        """Return the id of the process that started all others of it."""
        return self._child.pid

    def drain(self) -> dict[str, Any]:
        """Drain once, and return the answer."""
        answer = httpx.post(self._url, timeout=_LONGER_THAN_ANY_DRAIN, trust_env=False)
        found: dict[str, Any] = answer.raise_for_status().json()["data"]
        return found


@contextmanager
def running_worker(house: Path, env: Mapping[str, str]) -> Iterator[Worker]:
    """Run the house's worker for the length of the block."""
    port = free_port()
    child = Child(
        name="The worker",
        command=command_of("worker"),
        log=house / "worker.log",
        cwd=house,
        env={"PYTHONPATH": str(house), "HOST": HOST, "PORT": str(port), **env},
    )
    child.start()
    try:
        child.wait_ready(lambda: _is_ready(port), seconds=_READY_SECONDS)
        yield Worker(f"http://{HOST}:{port}", child)
    finally:
        child.stop()


def _is_ready(port: int) -> bool:
    try:
        return httpx.get(f"http://{HOST}:{port}/health/ready", trust_env=False).is_success
    except httpx.TransportError:
        return False
