"""One of the workers: its processes, its small disk for temporary files, and its tick."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

import httpx

from benchmarks.chaos.disk import Disk
from local.child import Child
from local.functions import command_of
from local.ports import HOST

_BUDGET_SECONDS = 20
_READY_SECONDS = 60
_SECONDS_BETWEEN_TICKS = 0.5
_LONGER_THAN_ANY_DRAIN = 120


class Worker:
    """Serves and is called again and again for the length of the block."""

    def __init__(self, house: Path, folder: Path, port: int, env: Mapping[str, str]) -> None:
        self.url = f"http://{HOST}:{port}"
        self.disk = Disk(folder / "tmp")
        self.words = folder / "words"
        """What it said in each of its lives."""
        self._lives = 0
        self._house = house
        self._env = {
            **env,
            "PYTHONPATH": str(house),
            "HOST": HOST,
            "PORT": str(port),
            "TMPDIR": str(self.disk.folder),
            "WORKER_BUDGET_SECONDS": str(_BUDGET_SECONDS),
            "WORKER_SLOTS": "2",
        }
        self._over = threading.Event()
        self._ticks = threading.Thread(target=self._tick)
        self.answers: dict[str, int] = {}
        """How often its calls were answered what."""

    def __enter__(self) -> Self:
        self.words.mkdir(parents=True)
        self.disk.mount()
        self.start()
        self._ticks.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        self.child.stop(grace=0.5)  # there is nothing left to hand over
        self._ticks.join()
        self.disk.unmount()

    def start(self) -> None:
        """Start its processes; call it from the main thread, whose end they do not survive."""
        self._lives += 1
        self.child = Child(
            name="The worker",
            command=command_of("worker"),
            log=self.words / f"life-{self._lives:03}.log",
            cwd=self._house,
            env=self._env,
        )
        self.child.start()

    def work_off_long_lane(self, *, seconds: float) -> None:
        """Do once what the cloud's scheduler does every ten minutes."""
        command = [sys.executable, "-m", "functions.worker", "--long"]
        with (self.words / "long-lane.log").open("ab") as log:
            subprocess.run(  # noqa: S603
                command,
                cwd=self._house,
                env=os.environ | self._env,
                stdout=log,
                stderr=log,
                timeout=seconds,
                check=True,
            )

    def wait_ready(self) -> None:
        """Wait until it serves."""
        self.child.wait_ready(self._is_ready, seconds=_READY_SECONDS)

    def _is_ready(self) -> bool:
        try:
            return httpx.get(f"{self.url}/health/ready", trust_env=False).is_success
        except httpx.TransportError:
            return False

    def _tick(self) -> None:
        with httpx.Client(timeout=_LONGER_THAN_ANY_DRAIN, trust_env=False) as client:
            while not self._over.wait(_SECONDS_BETWEEN_TICKS):
                try:
                    answer = str(client.post(self.url).status_code)
                except httpx.TransportError as error:
                    answer = type(error).__name__
                self.answers[answer] = self.answers.get(answer, 0) + 1
