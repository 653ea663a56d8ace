"""Workers that are not as they should be."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from local.ports import HOST, free_port
from tests.nudge.server import Handler, Server


class CountingWorker(Server):
    """Remembers when it was nudged, and answers at once with `status`."""

    def __init__(self, status: int = 200) -> None:
        super().__init__(_Counting)
        self.status = status
        self.nudged_at: list[float] = []
        self.requests: list[tuple[str, bytes]] = []


class _Counting(Handler):
    def do_POST(self) -> None:  # noqa: N802
        worker = self.server.owner
        worker.requests.append((self.path, self.body()))
        worker.nudged_at.append(time.monotonic())
        self.answer(worker.status)


@contextmanager
def dead_worker() -> Iterator[str]:
    """Give an address where nobody listens."""
    yield f"http://{HOST}:{free_port()}/"


@contextmanager
def mute_worker() -> Iterator[str]:
    """Give the address of one that takes every connection and never reads or answers."""
    with socket.create_server((HOST, 0), backlog=1000) as listener:
        yield f"http://{HOST}:{listener.getsockname()[1]}/"


@contextmanager
def unreachable_worker() -> Iterator[str]:
    """Give the address of one that nobody gets through to: its backlog is full."""
    with ExitStack() as stack:
        listener = stack.enter_context(socket.create_server((HOST, 0), backlog=0))
        address = listener.getsockname()
        while _connects(stack, address):
            pass
        yield f"http://{HOST}:{address[1]}/"


def _connects(stack: ExitStack, address: tuple[str, int]) -> bool:
    client = stack.enter_context(socket.socket())
    client.settimeout(0.2)
    try:
        client.connect(address)
    except TimeoutError:
        return False
    return True
