"""The same work for every queue, one after the other, round by round."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from statistics import median

from benchmarks.queue.node import FOLDER, NodeMissing, install, node, version_of
from benchmarks.queue.peers.protocol import Measured, Task
from benchmarks.queue.server import Server

_PEERS = Path(__file__).parent / "peers"
_SECONDS = 240
_PICKUPS = 40


@dataclass(frozen=True, slots=True)
class Runner:
    """One queue's program."""

    name: str
    file: str
    package: str | None
    """What has to be installed for it, for those in Python."""
    python: bool = True
    ours: bool = False


RUNNERS = (
    Runner("Sluice", "sluice", None, ours=True),
    Runner("pg-boss", "pg_boss", None, python=False),
    Runner("graphile-worker", "graphile_worker", None, python=False),
    Runner("pgqueuer", "pgqueuer", "pgqueuer"),
    Runner("procrastinate", "procrastinate", "procrastinate"),
    Runner("Awa", "awa", "awa"),
)


@dataclass(frozen=True, slots=True)
class Standing:
    """A queue's medians over the rounds."""

    runner: Runner
    version: str
    how: str
    enqueue_per_s: float
    drain_per_s: float
    pickup_p50_ms: float


class Race:
    """Runs them all; a queue that cannot run is left out, with its reason in `missing`."""

    def __init__(self, server: Server, *, jobs: int, only: tuple[str, ...] = ()) -> None:
        self._server = server
        self.jobs = jobs
        self._only = only
        self._node: Path | None = None
        self.missing: dict[str, str] = {}
        self.versions: dict[str, str] = {}

    def run(self, rounds: int) -> list[Standing]:
        """Take turns, so that a slow minute of the machine does not hit one queue alone."""
        running = [runner for runner in RUNNERS if self._wanted(runner) and self._can_run(runner)]
        found: dict[str, list[Measured]] = {runner.name: [] for runner in running}
        for _ in range(rounds):
            for runner in running:
                measured = self._measure(runner)
                if measured is not None:
                    found[runner.name].append(measured)
        self.versions |= {name: got[0].version for name, got in found.items() if got}
        return [
            self._standing(runner, found[runner.name]) for runner in running if found[runner.name]
        ]

    def _wanted(self, runner: Runner) -> bool:
        return not self._only or runner.file in self._only

    def _can_run(self, runner: Runner) -> bool:
        if runner.package is not None and find_spec(runner.package) is None:
            self.missing[runner.name] = f"{runner.package} is not installed: make bench"
        if not runner.python and self._node is None:
            try:
                program = node()
                install(program)
                self._node, self.versions["node"] = program, version_of(program)
            except NodeMissing as reason:
                self.missing[runner.name] = str(reason)
        return runner.name not in self.missing

    def _measure(self, runner: Runner) -> Measured | None:
        borrowed = self._server.queue() if runner.ours else self._server.database()
        with borrowed as url:
            task = Task(url=url, jobs=self.jobs, pickups=_PICKUPS)
            try:
                done = subprocess.run(  # noqa: S603 - programs that this benchmark names
                    [*self._program(runner), task.model_dump_json()],
                    env=os.environ | {"BENCH_NODE": str(FOLDER)},
                    capture_output=True,
                    text=True,
                    timeout=_SECONDS,
                    check=True,
                )
            except subprocess.TimeoutExpired:
                self.missing[runner.name] = f"a round took more than {_SECONDS} s"
            except subprocess.CalledProcessError as error:
                self.missing[runner.name] = f"failed: {str(error.stderr).strip()[-300:]}"
            else:
                return Measured.model_validate_json(done.stdout.splitlines()[-1])
        return None

    def _program(self, runner: Runner) -> list[str]:
        if runner.python:
            return [sys.executable, "-m", f"benchmarks.queue.peers.{runner.file}"]
        return [str(self._node), str(_PEERS / f"{runner.file}.mjs")]

    def _standing(self, runner: Runner, rounds: list[Measured]) -> Standing:
        return Standing(
            runner=runner,
            version=rounds[0].version,
            how=rounds[0].how,
            enqueue_per_s=median(self.jobs / measured.enqueue_seconds for measured in rounds),
            drain_per_s=median(self.jobs / measured.drain_seconds for measured in rounds),
            pickup_p50_ms=median(ms for measured in rounds for ms in measured.pickup_ms),
        )
