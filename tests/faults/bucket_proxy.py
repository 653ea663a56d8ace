"""Stands between a worker and the bucket, which then is slow, refuses, or breaks off."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from local.bucket import Bucket
from local.ports import HOST
from tests.faults.tcp_proxy import CHUNK, TcpProxy
from tests.nudge.server import Handler, Server


class Refusing(Server):
    """Answers 503 to whatever it is asked, and counts how often that was."""

    def __init__(self) -> None:
        super().__init__(_Refusing)
        self.refused = 0
        self.port = int(self.address.rpartition(":")[2])


class _Refusing(Handler):
    def do_POST(self) -> None:  # noqa: N802
        self.body()
        self.server.owner.refused += 1
        self.answer(503)

    do_GET = do_DELETE = do_POST  # noqa: N815


class BucketProxy(TcpProxy):
    """As good as the bucket itself, but for the length of the blocks of its methods."""

    def __init__(self, bucket: Bucket, refusing: Refusing) -> None:
        super().__init__(bucket.port)
        self._bucket = bucket
        self._refusing = refusing
        self._unavailable = False
        self._delay = 0.0
        self._cut_share = 0.0
        self._cut_what = b""
        self.cut = 0

    @property
    def env(self) -> Mapping[str, str]:
        """Settings of a function that uses the bucket through it."""
        return {**self._bucket.env, "STORAGE_EMULATOR_HOST": f"http://{HOST}:{self.port}"}

    @contextmanager
    def unavailable(self) -> Iterator[Refusing]:
        """Cut what is under way, and answer 503 to all that follows."""
        self._unavailable = True
        try:
            yield self._refusing
        finally:
            self._unavailable = False

    @contextmanager
    def slow(self, seconds: float) -> Iterator[None]:
        """Keep each piece of each answer for so long."""
        self._delay = seconds
        try:
            yield
        finally:
            self._delay = 0.0

    @contextmanager
    def cutting(self, share: float, *, what: bytes = b"") -> Iterator[None]:
        """Cut off a share of the requests, those that hold `what`; half of them arrive."""
        self._cut_share, self._cut_what = share, what
        try:
            yield
        finally:
            self._cut_share = 0.0

    def whereto(self) -> int:
        """Return the port of the one that answers now."""
        return self._refusing.port if self._unavailable else super().whereto()

    async def requests(self, client: asyncio.StreamReader, server: asyncio.StreamWriter) -> None:
        """Forward until it is to be cut."""
        began_unavailable = self._unavailable
        while chunk := await client.read(CHUNK):
            if self._unavailable != began_unavailable:
                return
            cut = self._cut_what in chunk and random.random() < self._cut_share
            if not cut or random.random() < 0.5:
                server.write(chunk)
                await server.drain()
            if cut:
                self.cut += 1
                return

    async def answers(self, server: asyncio.StreamReader, client: asyncio.StreamWriter) -> None:
        """Forward, in time or not."""
        while chunk := await server.read(CHUNK):
            await asyncio.sleep(self._delay)
            client.write(chunk)
            await client.drain()
