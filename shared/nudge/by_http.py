"""Nudge by a POST to the worker itself."""

from __future__ import annotations

import socket
import ssl
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import HttpUrl

from shared.nudge.readable import readable

_CONNECT_SECONDS = 2.0
_HEAR_SECONDS = 10.0
"""Long enough to learn of a wrong address, and for Knative to start a worker; a drain lasts longer,
and nobody needs its answer."""
_STATUS_LINE_BYTES = 512


@dataclass
class ByHttp:
    """One connection for each nudge.

    It stays open for a while after the request was written: proxies, Knative's among them, drop the
    request of a caller who has gone before they could pass it on.
    """

    url: HttpUrl
    token_file: Path | None = None
    _connection: socket.socket | None = field(default=None, init=False)

    def prepare(self) -> None:
        """Do nothing: connecting costs next to nothing where this way is used."""

    def send(self) -> None:
        """Connect and write the request."""
        connection = self._connected()
        try:
            connection.sendall(self._request())
        except BaseException:
            connection.close()
            raise
        self._connection = connection

    def hear_out(self, next_one: socket.socket) -> None:
        """Read the status, if it comes before the next nudge is due."""
        if self._connection is None:
            return
        with self._connection as connection:
            self._connection = None
            answer = _first_bytes(connection, next_one)
        if answer is not None:
            _check(answer)

    def _connected(self) -> socket.socket:
        host, port = (self.url.host or "").strip("[]"), self.url.port or 80
        plain = socket.create_connection((host, port), timeout=_CONNECT_SECONDS)
        if self.url.scheme == "http":
            return plain
        return ssl.create_default_context().wrap_socket(plain, server_hostname=host)

    def _request(self) -> bytes:
        path = (self.url.path or "/") + (f"?{self.url.query}" if self.url.query else "")
        lines = [
            f"POST {path} HTTP/1.1",
            f"Host: {self.url.host}:{self.url.port}",
            "User-Agent: sluice-nudge",
            "Content-Length: 0",
            "Connection: close",
        ]
        if self.token_file is not None:
            lines.append(f"Authorization: Bearer {self.token_file.read_text().strip()}")
        return "".join(f"{line}\r\n" for line in [*lines, ""]).encode("ascii")


def _first_bytes(connection: socket.socket, next_one: socket.socket) -> bytes | None:
    """Return how the answer begins, None when there is none yet."""
    connection.setblocking(False)
    until = time.monotonic() + _HEAR_SECONDS
    while (left := until - time.monotonic()) > 0:
        ready = readable(connection, next_one, seconds=left)
        # Under TLS there may be something to read that is none of the answer.
        with suppress(BlockingIOError, ssl.SSLWantReadError):
            if connection in ready:
                return connection.recv(_STATUS_LINE_BYTES)
        if next_one in ready:
            return None
    return None


def _check(answer: bytes) -> None:
    status_line = answer.partition(b"\r\n")[0].decode("latin-1")
    if not answer:
        raise ConnectionError("The worker closed the connection without an answer.")
    if status_line.split(" ")[1:2] != ["200"]:
        raise ConnectionError(f"The worker answered: {status_line}")
