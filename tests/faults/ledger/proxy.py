"""Stands between workers and PostgreSQL, and cuts connections in the middle of a commit."""

from __future__ import annotations

import asyncio
import random

from tests.faults.tcp_proxy import CHUNK, TcpProxy


class Proxy(TcpProxy):
    """Of all commits it cuts off `share`.

    Half of those reach the server, whose answer is lost; the other half does not. The client sees
    the same: its connection is reset.
    """

    def __init__(self, server_port: int, *, share: float, moments: random.Random) -> None:
        super().__init__(server_port)
        self.cut = 0
        self._share = share
        self._moments = moments

    async def requests(self, client: asyncio.StreamReader, server: asyncio.StreamWriter) -> None:
        """Forward until it is time for a cut."""
        while chunk := await client.read(CHUNK):
            cut = b"COMMIT" in chunk and self._moments.random() < self._share
            if not cut or self._moments.random() < 0.5:
                server.write(chunk)
                await server.drain()
            if cut:
                self.cut += 1
                return
