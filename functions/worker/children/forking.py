"""The worker's side of the fork server."""

from __future__ import annotations

import contextlib
import logging
import multiprocessing
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import IO

from functions.worker.children.environment import for_children
from functions.worker.children.limits import Limits
from functions.worker.children.messages import Ended

_LOG = logging.getLogger("sluice.worker")

_BOOT = """
import os, sys
sys.path[:] = sys.argv.pop(1).split(os.pathsep)
from functions.worker.children.forkserver import main
main(*sys.argv[1:])
"""
"""Imports from where this process does, which no variable of the environment can say for sure."""
_END_SECONDS = 5.0
_SAID_BYTES = 32 << 10


class Forked:
    """A child process, its pipe and its temporary folder; `end` it to be rid of all of them."""

    def __init__(
        self, pipe: Connection, reins: socket.socket, said: IO[bytes], folder: Path
    ) -> None:
        self.pipe = pipe
        self.folder = folder
        self._reins = reins
        self._said = said

    def renew(self) -> None:
        """Give a child that has worked before an empty folder."""
        self.folder.mkdir(mode=0o700)

    def clear(self) -> None:
        """Remove the folder and what was said, for one that is to work again."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self._said.truncate(0)

    def said(self) -> str:
        """Return the end of what it has written to its standard error."""
        file = self._said.fileno()
        start = max(0, os.fstat(file).st_size - _SAID_BYTES)
        return os.pread(file, _SAID_BYTES, start).decode(errors="replace").strip()

    def kill(self) -> Ended | None:
        """Kill it with all that it has started, and tell how it ended, or had ended already.

        None when the fork server cannot tell.
        """
        with contextlib.suppress(OSError):
            self._reins.shutdown(socket.SHUT_WR)
        self._reins.settimeout(_END_SECONDS)
        with contextlib.suppress(OSError):
            if told := self._reins.recv(_SAID_BYTES):
                return Ended.model_validate_json(told)
        return None

    def end(self) -> None:
        """Kill it and remove its folder."""
        self.kill()
        self.pipe.close()
        self._reins.close()
        self._said.close()
        shutil.rmtree(self.folder, ignore_errors=True)


class ForkServer:
    """Forks children that have everything heavy imported; starts when it is first needed.

    It ends with this process, and its children with it.
    """

    def __init__(self, limits: Limits, preload: Sequence[str]) -> None:
        self._limits = limits
        self._preload = preload
        self._lock = threading.Lock()
        self._control: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Let the imports begin, unless they have; returns at once."""
        with self._lock:
            self._running()

    def fork(self) -> Forked:
        """Start a child; it is there when its pipe answers."""
        ours, theirs = multiprocessing.Pipe()
        reins, held = socket.socketpair()
        said = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - as long as the child
        folder = Path(tempfile.mkdtemp(prefix="sluice-"))
        reins.sendall(str(folder).encode())
        self._send(held.fileno(), theirs.fileno(), said.fileno())
        # Ours would keep them open after the child has died.
        held.close()
        theirs.close()
        return Forked(ours, reins, said, folder)

    def _send(self, *files: int) -> None:
        with self._lock:
            try:
                socket.send_fds(self._running(), [b"+"], files)
            except ConnectionError:
                _LOG.warning("The fork server has died; another one is started")
                self._bury()
                socket.send_fds(self._running(), [b"+"], files)

    def _running(self) -> socket.socket:
        if self._control is None:
            self._control, theirs = socket.socketpair()
            with theirs:
                self._process = subprocess.Popen(  # noqa: S603 - our own module
                    self._command(theirs.fileno()),
                    env=for_children(),
                    stdin=subprocess.DEVNULL,
                    pass_fds=[theirs.fileno()],
                    start_new_session=True,
                )
        return self._control

    def _bury(self) -> None:
        if self._control is not None:
            self._control.close()
            self._control = None
        if self._process is not None:
            self._process.wait()

    def _command(self, control: int) -> list[str]:
        return [
            *(sys.executable, "-P", "-c", _BOOT, os.pathsep.join(_import_path())),
            *(str(control), self._limits.model_dump_json(), *self._preload),
        ]


def _import_path() -> list[str]:
    return [str(Path(entry).absolute()) for entry in sys.path]
