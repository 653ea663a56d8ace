"""One process that we start, watch and end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

from local.account import Account
from local.errors import CannotRun, ChildDied
from local.leftovers import MARK, RUN, end_marked

_LAUNCH = Path(__file__).with_name("launch.py")
_TAIL_LINES = 12


@dataclass
class Child:
    """A program in a session of its own, so that Ctrl-C reaches us alone; we end it in order.

    `env` is added to our own environment; `inherit` names open files that it needs. What it
    starts is `hunted` down when it has ended, unless it is known to look after its own.
    """

    name: str
    command: Sequence[str | Path]
    log: Path
    cwd: Path
    env: Mapping[str, str] = field(default_factory=dict)
    account: Account | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    death_signal: signal.Signals = signal.SIGKILL
    inherit: Sequence[int] = ()
    hunted: bool = True
    _mark: str = field(default_factory=lambda: f"{RUN}.{uuid4().hex}", init=False)
    _process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    def start(self) -> None:
        """Start it; returns at once, ready or not. Its log begins anew."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("wb") as log:
            self._process = subprocess.Popen(
                self._launch_command(),
                env={**os.environ, **self.env, **({MARK: self._mark} if self.hunted else {})},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=self.inherit,
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        """Its process id. CannotRun before `start`."""
        return self._started().pid

    def wait_ready(
        self,
        ready: Callable[[], bool],
        *,
        seconds: float,
        check: Callable[[], None] | None = None,
    ) -> None:
        """Ask `ready` until it says yes. ChildDied when the process ends, CannotRun when late.

        `check` may raise for others as well, without whom this one can never be ready.
        """
        deadline = time.monotonic() + seconds
        while not ready():
            (check or self.check)()
            if time.monotonic() > deadline:
                raise CannotRun(f"{self.name} was not ready in {seconds:g} s.{self._last_words()}")
            time.sleep(0.01)

    def wait_done(self, *, seconds: float) -> None:
        """Wait until a program that ends by itself has done so. CannotRun when it failed."""
        try:
            code = self._started().wait(seconds)
        except subprocess.TimeoutExpired:
            self.stop()
            late = f"{self.name} took more than {seconds:g} s."
            raise CannotRun(late + self._last_words()) from None
        if code != 0:
            raise CannotRun(f"{self.name} failed.{self._last_words()}")

    def check(self) -> None:
        """Raise ChildDied when it no longer runs."""
        code = self._started().poll()
        if code is not None:
            how = f"exit code {code}" if code >= 0 else signal.Signals(-code).name
            raise ChildDied(f"{self.name} has ended by itself ({how}).{self._last_words()}")

    def stop(self, *, grace: float = 5.0) -> None:
        """Ask it to end, insist after `grace` seconds, and end whatever it left behind."""
        if self._process is None:
            return
        self._process.send_signal(self.stop_signal)
        try:
            self._process.wait(grace)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        end_marked(self._mark)

    def _launch_command(self) -> list[str]:
        account = f"{self.account.uid}:{self.account.gid}" if self.account else "-"
        return [
            *(sys.executable, "-I", "-S", str(_LAUNCH)),
            *(str(os.getpid()), str(int(self.death_signal)), account, str(self.cwd)),
            *map(str, self.command),
        ]

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            raise CannotRun(f"{self.name} was not started.")
        return self._process

    def _last_words(self) -> str:
        lines = self.log.read_text(errors="replace").splitlines()[-_TAIL_LINES:]
        return "".join(["\n", f"{self.log}:", *(f"\n  {line}" for line in lines)])
