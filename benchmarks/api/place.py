"""Upload and status for callers who sign in, and a client that costs next to nothing."""

from __future__ import annotations

import socket
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from local.functions import FunctionProcess
from local.system import System, running_system
from tests.auth.issuer import Issuer, serving


class Place:
    """Addresses of the two functions, and tokens for callers."""

    def __init__(self, system: System, issuer: Issuer, urls: Mapping[str, str]) -> None:
        self.system = system
        self.issuer = issuer
        self.urls = urls

    def headers(self, user: str) -> dict[str, str]:
        """Return what a signed-in user sends."""
        return self.issuer.bearer(sub=user)


@contextmanager
def signed_in() -> Iterator[Place]:
    """Run a whole system, and beside it upload and status with AUTH_MODE=oidc, without quotas."""
    with (
        tempfile.TemporaryDirectory() as folder,
        running_system(data=Path(folder), port=0) as system,
        serving() as issuer,
    ):
        processes = [_function(name, system, issuer, Path(folder)) for name in ("upload", "status")]
        for process in processes:
            process.start()
        try:
            for process in processes:
                process.wait_ready(check=process.check)
            yield Place(system, issuer, {each.name: each.url for each in processes})
        finally:
            for process in processes:
                process.stop()


def _function(name: str, system: System, issuer: Issuer, folder: Path) -> FunctionProcess:
    env = {key: value for key, value in system.functions[name].child.env.items() if key != "PORT"}
    unlimited = {
        "QUOTA_WAITING_JOBS": "0",
        "QUOTA_STORED_BYTES": "0",
        "QUOTA_UPLOADS_PER_MINUTE": "0",
    }
    own = {**env, **issuer.env(), **unlimited}
    return FunctionProcess(name, env=own, log=folder / f"signed-in-{name}.log")


class Line:
    """One kept connection, on which a request is bytes in and bytes out."""

    def __init__(self, host: str, port: int) -> None:
        self._socket = socket.create_connection((host, port))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._rest = b""

    def get(self, path: str, headers: Mapping[str, str]) -> tuple[int, bytes]:
        """Return the status and the head of the answer."""
        fields = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        self._socket.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n{fields}\r\n".encode())
        head = self._until(b"\r\n\r\n")
        length = 0
        for line in head.lower().split(b"\r\n"):
            if line.startswith(b"content-length:"):
                length = int(line.partition(b":")[2])
        status = int(head[9:12])
        if status != 304:  # noqa: PLR2004 - not modified: it has no body, whatever it says
            self._skip(length)
        return status, head

    def close(self) -> None:
        """End it."""
        self._socket.close()

    def _until(self, end: bytes) -> bytes:
        while end not in self._rest:
            self._receive()
        head, _, self._rest = self._rest.partition(end)
        return head

    def _skip(self, length: int) -> None:
        while len(self._rest) < length:
            self._receive()
        self._rest = self._rest[length:]

    def _receive(self) -> None:
        received = self._socket.recv(1 << 16)
        if not received:
            raise ConnectionError("The function closed the connection.")
        self._rest += received
