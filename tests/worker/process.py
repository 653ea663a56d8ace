"""A worker of the tests' own, in a process as Cloud Run would start it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import psutil

from functions.worker.budget import TIMEOUT_HEADER
from local.child import Child
from local.functions import command_of
from local.ports import HOST, free_port

_LONGER_THAN_ANY_DRAIN = 60.0


class WorkerProcess:
    """Serves the worker of `house`, a folder that holds `functions` and `shared`.

    `scratch` is where its jobs' temporary folders go.
    """

    def __init__(self, house: Path, folder: Path, env: Mapping[str, str]) -> None:
        port = free_port()
        self.url = f"http://{HOST}:{port}"
        self.scratch = folder / "scratch"
        self.scratch.mkdir(parents=True)
        self.child = Child(
            name="The worker",
            command=command_of("worker"),
            log=folder / "worker.log",
            cwd=house,
            env={
                "PYTHONPATH": str(house),
                "TMPDIR": str(self.scratch),
                "HOST": HOST,
                "PORT": str(port),
                **env,
            },
        )

    def drain(self, *, caller_waits: str | None = None) -> dict[str, Any]:
        """Drain, and return the counts."""
        headers = {} if caller_waits is None else {TIMEOUT_HEADER: caller_waits}
        answer = httpx.post(self.url, timeout=_LONGER_THAN_ANY_DRAIN, headers=headers)
        assert answer.status_code == 200, answer.text
        counts: dict[str, Any] = answer.json()["data"]
        return counts

    def server(self) -> psutil.Process:
        """Return the process that answers; the one that was started only watches over it."""
        (server,) = psutil.Process(self.child.pid).children()
        return server

    def job_folders(self) -> list[Path]:
        """Temporary folders that are there now."""
        return list(self.scratch.glob("sluice-*"))

    def is_ready(self) -> bool:
        """Tell whether it serves."""
        try:
            return httpx.get(f"{self.url}/health/ready").status_code == 200
        except httpx.TransportError:
            return False


@contextmanager
def running(worker: WorkerProcess) -> Iterator[WorkerProcess]:
    """Run it for the length of the block."""
    worker.child.start()
    try:
        worker.child.wait_ready(worker.is_ready, seconds=30)
        yield worker
    finally:
        worker.child.stop()


@contextmanager
def draining(*workers: WorkerProcess) -> Iterator[list[Future[dict[str, Any]]]]:
    """Let workers drain during the block; it ends when they have."""
    with ThreadPoolExecutor(len(workers)) as pool:
        yield [pool.submit(worker.drain) for worker in workers]
