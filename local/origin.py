"""One address in front of the functions, as the load balancer is in the cloud.

    python -m local.origin LISTENING_SOCKET UPLOAD_URL STATUS_URL [BUCKET_URL]

What no function answers is the page, if it is built. Bodies stream through in both directions;
nothing is kept in memory.
"""

from __future__ import annotations

import socket
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from uuid import uuid4

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from local.page import page_file, page_headers
from local.routes import Function, function_for

_HOP_BY_HOP = frozenset(
    b"connection keep-alive proxy-authenticate proxy-authorization te trailer "
    b"transfer-encoding upgrade".split()
)
_METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
_READS = {"GET", "HEAD"}
_CONNECT_SECONDS = 5
_GOODBYE_SECONDS = 1


def origin(functions: Mapping[Function, str], bucket: str | None = None) -> Starlette:
    """Build the app that forwards to the functions' addresses; `bucket` is where uploads may go."""
    headers = page_headers(bucket)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        # No time limit but on connecting: a large upload or export may take its time. No idle
        # connection either, which the function might be closing just as we send on it.
        async with httpx.AsyncClient(
            timeout=httpx.Timeout(None, connect=_CONNECT_SECONDS),
            limits=httpx.Limits(max_keepalive_connections=0),
            trust_env=False,
        ) as client:
            app.state.client = client
            yield

    async def handle(request: Request) -> Response:
        function = function_for(request.method, request.url.path)
        if function is None:
            page = page_file(request.url.path, headers) if request.method in _READS else None
            return page or _problem(request, 404, "Not found", f"Nothing is at {request.url.path}.")
        try:
            return await _forward(request, functions[function])
        except httpx.TransportError:
            detail = f"The function '{function}' does not answer just now. Try again in a moment."
            return _problem(request, 502, "Bad gateway", detail)
        except ClientDisconnect:
            return Response(status_code=499)  # nobody is there to read it

    everything = Route("/{path:path}", handle, methods=_METHODS)
    return Starlette(routes=[everything], lifespan=lifespan)


async def _forward(request: Request, base: str) -> Response:
    client: httpx.AsyncClient = request.app.state.client
    # The request is built by hand: the client would add headers of its own.
    query = f"?{request.url.query}" if request.url.query else ""
    outgoing = httpx.Request(
        request.method,
        f"{base}{request.scope['raw_path'].decode()}{query}",
        headers=[*_end_to_end(request.headers.raw), *_forwarded(request)],
        content=request.stream() if _has_body(request) else None,
    )
    answer = await client.send(outgoing, stream=True)
    response = StreamingResponse(
        answer.aiter_raw(), answer.status_code, background=BackgroundTask(answer.aclose)
    )
    response.raw_headers = [(k.lower(), v) for k, v in _end_to_end(answer.headers.raw)]
    return response


def _end_to_end(headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    return [(name, value) for name, value in headers if name.lower() not in _HOP_BY_HOP]


def _forwarded(request: Request) -> list[tuple[bytes, bytes]]:
    client = request.client.host if request.client else "unknown"
    return [
        (b"x-forwarded-for", client.encode()),
        (b"x-forwarded-proto", request.url.scheme.encode()),
    ]


def _has_body(request: Request) -> bool:
    return "content-length" in request.headers or "transfer-encoding" in request.headers


def _problem(request: Request, status: int, title: str, detail: str) -> JSONResponse:
    body = {
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": detail,
        "success": False,
        "error": detail,
    }
    return JSONResponse(
        body,
        status,
        headers={"x-request-id": request.headers.get("x-request-id") or str(uuid4())},
        media_type="application/problem+json",
    )


def main(listener: int, upload: str, status: str, bucket: str | None = None) -> None:
    """Serve on a socket that the parent has opened, until SIGTERM."""
    config = uvicorn.Config(
        origin({"upload": upload, "status": status}, bucket),
        log_level="warning",
        access_log=False,
        server_header=False,  # the functions send their own
        date_header=False,
        timeout_graceful_shutdown=_GOODBYE_SECONDS,
    )
    uvicorn.Server(config).run(sockets=[socket.socket(fileno=listener)])


if __name__ == "__main__":
    main(int(sys.argv[1]), *sys.argv[2:])
