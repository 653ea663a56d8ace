"""Send a file: in the request itself, or in chunks straight to the bucket when it is large."""

from __future__ import annotations

import hashlib
import io
import mimetypes
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

import httpx

from cli.answers import Accepted
from cli.client import Client
from cli.errors import NotReached, Refused

INLINE_BYTES = 30 * 1024 * 1024
"""The most that a request may carry as a file."""

_RESUME = 308
_TRIES = 5
_TIMEOUT = httpx.Timeout(120, connect=5)

OnSent = Callable[[int], None]
"""Told how many bytes of the file have been sent so far."""


def send(
    client: Client, file: Path, *, on_sent: OnSent, reading: dict[str, Any] | None = None
) -> Accepted:
    """Start a task with a file, to be read in a certain way. Raises Refused or NotReached."""
    if file.stat().st_size > INLINE_BYTES:
        return client.start_with_upload(send_to_bucket(client, file, on_sent), reading=reading)
    with file.open("rb") as content:
        counted = _Counted(content, on_sent)
        return client.start_with_file(file.name, counted, _media_type(file), reading=reading)


def send_to_bucket(client: Client, file: Path, on_sent: OnSent) -> str:
    """Send a file straight to the bucket; return the upload's id, to start a task with."""
    size = file.stat().st_size
    with file.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
        promised = client.promise_upload(
            name=file.name, size=size, media_type=_media_type(file), sha256=digest
        )
        _Session(promised["uploadUrl"], size).send(content, promised["chunkSize"], on_sent)
    return promised["uploadId"]


def _media_type(file: Path) -> str:
    return mimetypes.guess_type(file.name)[0] or "application/octet-stream"


class _Counted(io.BufferedReader):
    """A file that tells how far it has been read."""

    def __init__(self, content: io.BufferedReader, on_sent: OnSent) -> None:
        super().__init__(content.raw)
        self._on_sent = on_sent

    def read(self, size: int | None = -1, /) -> bytes:
        data = super().read(size)
        self._on_sent(self.tell())
        return data


class _Session:
    """A resumable upload: whatever breaks, the bucket knows how many bytes it has."""

    def __init__(self, url: str, size: int) -> None:
        self._url = url
        self._size = size

    def send(self, content: BinaryIO, chunk_size: int, on_sent: OnSent) -> None:
        """PUT chunk after chunk; go on from where the bucket is after a fault."""
        sent, failures = 0, 0
        while sent < self._size:
            try:
                if failures and sent:  # from 0 on, asking is needless: known bytes are passed over
                    sent = self._ask()
                if sent < self._size:
                    content.seek(sent)
                    sent = self._put(content.read(chunk_size), sent)
                failures = 0
            except httpx.TransportError as error:
                failures += 1
                if failures == _TRIES:
                    raise NotReached(f"The bucket does not take the file: {error}.") from error
                time.sleep(2.0**failures / 4)
            on_sent(sent)

    def _put(self, chunk: bytes, start: int) -> int:
        return self._exchange(f"{start}-{start + len(chunk) - 1}/{self._size}", chunk)

    def _ask(self) -> int:
        # Without the size, which fake-gcs-server would take for the upload's end.
        return self._exchange("*/*", b"")

    def _exchange(self, content_range: str, chunk: bytes) -> int:
        """Return how many bytes the bucket has. TransportError when it may work next time."""
        headers = {"content-range": f"bytes {content_range}"}
        answer = httpx.put(self._url, content=chunk, headers=headers, timeout=_TIMEOUT)
        if answer.status_code == _RESUME:
            last = answer.headers.get("range", "").rpartition("-")[2]
            return int(last) + 1 if last else 0
        if answer.is_server_error:
            raise httpx.RemoteProtocolError(f"it answers {answer.status_code}")
        if not answer.is_success:
            raise Refused(
                f"The bucket refuses the file ({answer.status_code}): start the upload again."
            )
        return self._size
