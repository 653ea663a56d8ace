"""Stands between workers and PostgreSQL, and cuts connections in the middle of a commit."""

from __future__ import annotations

import asyncio
import random
import socket
import struct
import threading
from types import TracebackType
from typing import Self

from local.ports import HOST, free_port

_RESET_ON_CLOSE = struct.pack("ii", 1, 0)


class Proxy:
    """Forwards a port of its own to the server's; of all commits it cuts off `share`.

    Half of those reach the server, whose answer is lost; the other half does not. The client sees
    the same: its connection is reset.
    """

    def __init__(self, server_port: int, *, share: float, moments: random.Random) -> None:
        self.port = free_port()
        self.cut = 0
        self._server_port = server_port
        self._share = share
        self._moments = moments
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)

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
            answers, server = await asyncio.open_connection(HOST, self._server_port)
        except OSError:
            client.transport.abort()
            return
        pumps = [
            asyncio.ensure_future(self._requests(reader, server)),
            asyncio.ensure_future(_answers(answers, client)),
        ]
        try:
            await asyncio.wait(pumps, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for pump in pumps:
                pump.cancel()
            await asyncio.gather(*pumps, return_exceptions=True)
            # What the server was sent it gets to read; the client learns nothing more.
            server.close()
            reset = client.get_extra_info("socket")
            reset.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
            client.transport.abort()

    async def _requests(self, reader: asyncio.StreamReader, server: asyncio.StreamWriter) -> None:
        while chunk := await reader.read(65536):
            cut = b"COMMIT" in chunk and self._moments.random() < self._share
            if not cut or self._moments.random() < 0.5:
                server.write(chunk)
                await server.drain()
            if cut:
                self.cut += 1
                return


async def _answers(answers: asyncio.StreamReader, client: asyncio.StreamWriter) -> None:
    while chunk := await answers.read(65536):
        client.write(chunk)
        await client.drain()
