"""Stands between workers and a server of theirs; what becomes of the requests, a subclass says."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
import threading
from types import TracebackType
from typing import Self

from local.ports import HOST, free_port

_RESET_ON_CLOSE = struct.pack("ii", 1, 0)
CHUNK = 65536


class TcpProxy:
    """Forwards a port of its own to the server's, for the length of the block.

    When either direction of a connection ends, the client's side of it is reset.
    """

    def __init__(self, server_port: int) -> None:
        self.port = free_port()
        self._server_port = server_port
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)

    async def requests(self, client: asyncio.StreamReader, server: asyncio.StreamWriter) -> None:
        """Forward what a client says; returning cuts its connection."""
        await forward(client, server)

    async def answers(self, server: asyncio.StreamReader, client: asyncio.StreamWriter) -> None:
        """Forward what the server says; returning cuts the connection."""
        await forward(server, client)

    def whereto(self) -> int:
        """Return the port that the next connection is forwarded to."""
        return self._server_port

    def __enter__(self) -> Self:
        self._thread.start()
        listening = asyncio.start_server(self._serve, HOST, self.port)
        self._server = asyncio.run_coroutine_threadsafe(listening, self._loop).result()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _close(self) -> None:
        self._server.close()
        running = asyncio.all_tasks() - {asyncio.current_task()}
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, client: asyncio.StreamWriter) -> None:
        try:
            answers, server = await asyncio.open_connection(HOST, self.whereto())
        except OSError:
            client.transport.abort()
            return
        pumps = [
            asyncio.ensure_future(self.requests(reader, server)),
            asyncio.ensure_future(self.answers(answers, client)),
        ]
        try:
            with contextlib.suppress(asyncio.CancelledError):  # at the end of the block
                await asyncio.wait(pumps, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for pump in pumps:
                pump.cancel()
            await asyncio.gather(*pumps, return_exceptions=True)
            # What the server was sent it gets to read; the client learns nothing more.
            server.close()
            reset = client.get_extra_info("socket")
            with contextlib.suppress(OSError):  # the client has closed it
                reset.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
            client.transport.abort()


async def forward(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Write what is read until its end."""
    while chunk := await reader.read(CHUNK):
        writer.write(chunk)
        await writer.drain()
