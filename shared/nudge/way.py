"""What the ways to nudge have in common."""

from __future__ import annotations

import socket
from typing import Protocol


class Way(Protocol):
    """One way to reach the worker, for a single thread. Any step may raise anything."""

    def prepare(self) -> None:
        """Get ready to send at once."""

    def send(self) -> None:
        """Write the request, and wait for no answer."""

    def hear_out(self, next_one: socket.socket) -> None:
        """Wait for the answer to what was sent; raise ConnectionError when it is a bad one.

        May end early when there is something to read in `next_one`: another nudge is due.
        """
