"""Free ports for the parts that nobody outside needs to find."""

import random
import socket
from contextlib import closing

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
