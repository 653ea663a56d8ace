"""Nudge by making Cloud Scheduler run the worker's tick now.

It calls the worker with an identity that the worker lets in, even while an earlier run goes on.
"""

from __future__ import annotations

import socket
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPSConnection

from pydantic import HttpUrl

from shared.nudge.identity import Identity
from shared.nudge.readable import readable

_SECONDS = 5.0
"""For each step: connect, write, read."""
_IDLE_SECONDS = 60.0
"""After this the connection may be dead although nobody has said so."""
_ANSWER_BYTES = 64 * 1024


@dataclass
class ByScheduler:
    """Keeps a connection and a token, so that a nudge is one write that takes no time.

    On Cloud Run that matters: after the answer to a request its instance gets hardly any CPU, so a
    nudge that is not on its way by then may have to wait for the next request.
    """

    api: HttpUrl
    job: str
    _identity: Identity = field(default_factory=lambda: Identity(_SECONDS), init=False)
    _connection: HTTPConnection | None = field(default=None, init=False)
    _used_at: float = field(default=0.0, init=False)

    def prepare(self) -> None:
        """See that there are a connection and a token."""
        self._connected()
        self._identity.token()

    def send(self) -> None:
        """Write the request."""
        headers = {
            "Authorization": f"Bearer {self._identity.token()}",
            "Content-Type": "application/json",
            "User-Agent": "sluice-nudge",
        }
        path = f"{(self.api.path or '').rstrip('/')}/v1/{self.job}:run"
        try:
            self._connected().request("POST", path, body=b"{}", headers=headers)
        except BaseException:
            self._close()
            raise

    def hear_out(self, next_one: socket.socket) -> None:  # noqa: ARG002 - answers soon in any case
        """Read the answer."""
        if self._connection is None:
            return
        try:
            with self._connection.getresponse() as response:
                body = response.read(_ANSWER_BYTES)
        except BaseException:
            self._close()
            raise
        self._used_at = time.monotonic()
        if response.status != 200:  # noqa: PLR2004 - OK
            answer = " ".join(body.decode("utf-8", "replace").split())[:300]
            raise ConnectionError(f"Cloud Scheduler answered {response.status}: {answer}")

    def _connected(self) -> HTTPConnection:
        if self._connection is None or self._is_stale(self._connection):
            self._close()
            self._connection = self._new_connection()
            self._used_at = time.monotonic()
        return self._connection

    def _new_connection(self) -> HTTPConnection:
        kind = HTTPSConnection if self.api.scheme == "https" else HTTPConnection
        connection = kind(self.api.host or "", self.api.port, timeout=_SECONDS)
        connection.connect()
        return connection

    def _is_stale(self, connection: HTTPConnection) -> bool:
        idle = time.monotonic() - self._used_at
        closed = connection.sock is None or readable(connection.sock, seconds=0)
        return idle > _IDLE_SECONDS or bool(closed)

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
