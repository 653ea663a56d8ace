"""The process that all children are forked from: everything heavy is imported here, once.

It answers for its children: it holds them to their number of threads and processes, ends with them
whatever they have started, and ends them all when the worker is gone.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import selectors
import shutil
import signal
import socket
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from functions.worker.children.birth import adopt_orphans, become_child
from functions.worker.children.census import take_census
from functions.worker.children.limits import Limits
from functions.worker.children.messages import Ended

_LOOK_AROUND_SECONDS = 0.2
_BURIAL_SECONDS = 5.0
_BURIAL_STEP_SECONDS = 0.01
_PATH_BYTES = 4096


def main(control: str, limits: str, *preload: str) -> None:
    """Serve the worker at the other end of the socket with the number `control`."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    for name in preload:
        _import(name)
    adopt_orphans()
    # What is there now stays: children need not look at it, nor copy it by looking.
    gc.collect()
    gc.freeze()
    _ForkServer(socket.socket(fileno=int(control)), Limits.model_validate_json(limits)).serve()
    # Nothing is left to tidy up, and libraries would take what is frozen for leaked.
    os._exit(0)


def _import(name: str) -> None:
    try:
        importlib.import_module(name)
    except Exception:  # noqa: BLE001 - a child that needs it will fail, and no other
        traceback.print_exc()


@dataclass
class _Child:
    """A process; the worker holds it by the reins and lets go of them to end it."""

    reins: socket.socket
    folder: Path
    too_many_tasks: bool = False

    def report(self, code: int) -> None:
        """Tell the worker that it has ended; when that has too, nobody else removes the folder."""
        end = Ended(code=code, too_many_tasks=self.too_many_tasks)
        with self.reins:
            try:
                self.reins.sendall(end.model_dump_json().encode())
            except OSError:
                shutil.rmtree(self.folder, ignore_errors=True)


class _ForkServer:
    def __init__(self, control: socket.socket, limits: Limits) -> None:
        self._control = control
        self._limits = limits
        self._children: dict[int, _Child] = {}
        self._worker_is_gone = False
        self._next_look = 0.0
        self._bell, self._rope = socket.socketpair()
        self._events = selectors.DefaultSelector()
        self._on_event(control, self._hear)
        self._on_event(self._bell, lambda: self._bell.recv(_PATH_BYTES))
        self._rope.setblocking(False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(self._rope.fileno(), warn_on_full_buffer=False)

    def serve(self) -> None:
        while not self._worker_is_gone:
            for key, _ in self._events.select(_LOOK_AROUND_SECONDS if self._children else None):
                key.data()
            self._reap()
            if self._children and time.monotonic() >= self._next_look:
                self._look_around()
        self._end_all()

    def _hear(self) -> None:
        """Fork a child, or note that nobody is left to work for."""
        message, files, _, _ = socket.recv_fds(self._control, 1, 3)
        if not message:
            self._worker_is_gone = True
            return
        held, pipe, said = files
        reins = socket.socket(fileno=held)
        folder = Path(reins.recv(_PATH_BYTES).decode())
        try:
            pid = os.fork()
        except OSError:  # The worker sees it by the closed reins.
            reins.close()
        else:
            if pid == 0:
                self._forget_all(reins)
                become_child(pipe, said, self._limits)
            self._children[pid] = _Child(reins, folder)
            self._on_event(reins, partial(self._let_go, pid))
        os.close(pipe)
        os.close(said)

    def _let_go(self, pid: int) -> None:
        """End a child whose worker wants it no more."""
        self._events.unregister(self._children[pid].reins)
        _kill_group(pid)

    def _reap(self) -> None:
        """Note who has ended, and tell the worker once nothing is left of it."""
        ended: list[tuple[_Child, int]] = []
        with contextlib.suppress(ChildProcessError):
            while (found := os.waitpid(-1, os.WNOHANG))[0]:
                pid, status = found
                if (child := self._children.pop(pid, None)) is not None:
                    _kill_group(pid)
                    ended.append((child, os.waitstatus_to_exitcode(status)))
            if ended:  # and others have not: they may be what it has started
                self._look_around()
        for child, code in ended:
            with contextlib.suppress(KeyError):
                self._events.unregister(child.reins)
            child.report(code)

    def _look_around(self) -> None:
        """Kill the strays, and children with more threads and processes than they may have."""
        self._next_look = time.monotonic() + _LOOK_AROUND_SECONDS
        census = take_census(os.getpid(), self._children)
        for pid in census.strays:
            _kill(os.kill, pid)
        for pid, tasks in census.tasks.items():
            if tasks > self._limits.tasks:
                self._children[pid].too_many_tasks = True
                _kill_group(pid)

    def _end_all(self) -> None:
        for pid in self._children:
            _kill_group(pid)
        deadline = time.monotonic() + _BURIAL_SECONDS
        while self._children and time.monotonic() < deadline:
            self._reap()
            time.sleep(_BURIAL_STEP_SECONDS)

    def _forget_all(self, reins: socket.socket) -> None:
        """Close in a child what is the server's own."""
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        self._events.close()
        others = (child.reins for child in self._children.values())
        for own in (self._control, self._bell, self._rope, reins, *others):
            own.close()

    def _on_event(self, source: socket.socket, do: Callable[[], object]) -> None:
        self._events.register(source, selectors.EVENT_READ, do)


def _kill_group(pid: int) -> None:
    _kill(os.killpg, pid)
    # One that was only just forked leads no group yet.
    _kill(os.kill, pid)


def _kill(how: Callable[[int, int], None], pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        how(pid, signal.SIGKILL)
