"""Wait for sockets."""

from __future__ import annotations

import selectors
import socket


def readable(*sockets: socket.socket, seconds: float | None) -> list[socket.socket]:
    """Return those that have something to read, none when nothing came in time; None: no limit.

    A connection that the other side has closed has something to read: its end.
    """
    with selectors.DefaultSelector() as selector:
        for each in sockets:
            selector.register(each, selectors.EVENT_READ, each)
        return [key.data for key, _ in selector.select(seconds)]
