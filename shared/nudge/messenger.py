"""A thread that nudges, so that no request waits for the network."""

from __future__ import annotations

import logging
import socket
import threading
from collections.abc import Callable
from contextlib import suppress

from shared.nudge.readable import readable
from shared.nudge.way import Way

_LOG = logging.getLogger("sluice.nudge")
_RINGS_AT_ONCE = 4096


class Messenger:
    """Sends nudges one after the other, if they are `wanted` when their turn comes.

    Nudges carry nothing, so one that is sent after many were asked for answers them all. Whatever
    goes wrong is logged. Make it where it is used and not before: a thread does not cross a fork.
    """

    def __init__(self, way: Way, wanted: Callable[[], bool]) -> None:
        self._way = way
        self._wanted = wanted
        self._settling = threading.Condition()
        self._asked = self._settled = 0
        self._bell, self._ringing = socket.socketpair()
        self._bell.setblocking(False)
        threading.Thread(target=self._serve, name="nudge", daemon=True).start()

    def get_ready(self) -> None:
        """Make the next nudge a quick one; returns at once."""
        self._ring()

    def ask(self, *, patience: float) -> None:
        """Have a nudge sent; return when it is on its way, or after `patience` seconds."""
        with self._settling:
            self._asked += 1
            mine = self._asked
            self._ring()
            self._settling.wait_for(lambda: self._settled >= mine, patience)

    def _ring(self) -> None:
        with suppress(BlockingIOError):  # then it has been rung often enough
            self._bell.send(b".")

    def _serve(self) -> None:
        while True:
            readable(self._ringing, seconds=None)
            self._ringing.recv(_RINGS_AT_ONCE)
            try:
                self._answer()
            except Exception as error:  # noqa: BLE001 - the tick comes in any case
                _LOG.warning("The worker was not nudged; the next tick wakes it. %s", error)

    def _answer(self) -> None:
        """Send one nudge for all that were asked for until now, or get ready."""
        with self._settling:
            asked = self._asked
        if asked == self._settled:
            with suppress(Exception):  # what is wrong, sending will tell
                self._way.prepare()
            return
        try:
            sent = self._wanted()
            if sent:
                self._way.send()
        finally:
            with self._settling:
                self._settled = asked
                self._settling.notify_all()
        if sent:
            self._way.hear_out(self._ringing)
