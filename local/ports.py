"""Free ports for the parts that nobody outside needs to find."""

import errno
import random
import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager

from local.errors import CannotRun

HOST = "127.0.0.1"
_FIRST, _LAST = 20_000, 29_999
"""Below the range from which Linux and macOS take the ports of outgoing connections."""


def free_port() -> int:
    """Return a port that was free a moment ago."""
    while True:
        port = random.randint(_FIRST, _LAST)  # noqa: S311 - spreads parallel starts, hides nothing
        with closing(socket.socket()) as probe:
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            return port


@contextmanager
def listening(port: int) -> Iterator[socket.socket]:
    """Listen on the port (0: any that is free) for the length of the block.

    Taken before anything is started, so that a port in use costs nothing. CannotRun if it is.
    """
    with closing(socket.socket()) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, port))
            listener.listen()
        except OSError as error:
            reason = "is in use" if error.errno == errno.EADDRINUSE else f"fails: {error.strerror}"
            raise CannotRun(f"Port {port} {reason}. Choose another one with --port.") from error
        yield listener
