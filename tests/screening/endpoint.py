"""A server that speaks OpenAI's protocol, and may be slow, busy, down, wrong, or hostile."""

from __future__ import annotations

import json
import re
import threading
import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

_DOCUMENT = re.compile(r"<document-([0-9a-f]{16})>\n(.*)\n</document-\1>", re.DOTALL)

Answer = Callable[[str, str, str], str]
"""Model, instructions and document in; the message's content out."""


@dataclass
class Call:
    """A question that was answered."""

    model: str
    document: str
    at: float


@dataclass
class Endpoint:
    """What it does, which a test may change at any time, and what it was asked."""

    answer: Answer
    seconds: float = 0.0
    """How long an answer takes."""
    refuse: Callable[[int], tuple[int, dict[str, str]] | None] = lambda _: None
    """By the request's number: a status and headers, None to answer."""
    url: str = ""
    calls: list[Call] = field(default_factory=list)
    refused: int = 0
    keys: set[str] = field(default_factory=set)
    bodies: list[dict[str, Any]] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _requests: int = 0

    def handle(self, body: dict[str, Any], key: str) -> tuple[int, dict[str, str], bytes]:
        """Answer a request."""
        with self._lock:
            self._requests += 1
            self.keys.add(key)
            number = self._requests
        if (refusal := self.refuse(number)) is not None:
            with self._lock:
                self.refused += 1
            return refusal[0], refusal[1], b'{"error": {"message": "no"}}'
        system, user = (message["content"] for message in body["messages"])
        found = _DOCUMENT.search(user)
        assert found, user
        with self._lock:
            self.calls.append(Call(body["model"], found[2], time.time()))
            self.bodies[:] = [*self.bodies[-3:], body]
        time.sleep(self.seconds)
        content = self.answer(body["model"], system, found[2])
        return 200, {}, json.dumps(_completion(body["model"], content)).encode()

    def asked(self) -> Counter[tuple[str, str]]:
        """Return how often each model was asked about each document."""
        return Counter((call.model, call.document) for call in self.calls)

    def most_in_a_minute(self) -> int:
        """Return the most calls within any 60 seconds."""
        times = sorted(call.at for call in self.calls)
        within = (bisect_left(times, at + 60) - place for place, at in enumerate(times))
        return max(within, default=0)


@contextmanager
def serving(endpoint: Endpoint) -> Iterator[Endpoint]:
    """Serve it for the length of the block."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            key = self.headers["authorization"].removeprefix("Bearer ")
            status, headers, answer = endpoint.handle(body, key)
            try:
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)
            except OSError:
                self.close_connection = True  # whoever asked was killed

        def log_message(self, *_: object) -> None:
            return

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 64

        def handle_error(self, *_: object) -> None:
            return

    server = Server(("127.0.0.1", 0), Handler)
    endpoint.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield endpoint
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def criteria_in(instructions: str) -> list[dict[str, str]]:
    """Return the criteria that were asked for."""
    listed: list[dict[str, str]] = json.loads(
        instructions[instructions.index("Criteria:\n") + 10 :]
    )
    return listed


def verdicts(met: Callable[[str, dict[str, str], str], str]) -> Answer:
    """Answer for each criterion what `met` says, with the record's first sentence as a quote."""

    def answer(model: str, instructions: str, document: str) -> str:
        title = document.split("\n", 1)[0]
        return json.dumps(
            {
                "criteria": [
                    {
                        "criterion": each["id"],
                        "met": (said := met(model, each, document)),
                        "quote": "" if said == "unclear" else title,
                    }
                    for each in criteria_in(instructions)
                ]
            }
        )

    return answer


def values(said: Callable[[dict[str, Any], str], tuple[str, str] | None]) -> Answer:
    """Answer for each field the value and the quote that `said` gives; missing where it is None."""

    def answer(_model: str, instructions: str, document: str) -> str:
        fields = json.loads(instructions[instructions.index("Fields:\n") + 8 :])
        return json.dumps(
            {"fields": [_field(each["name"], said(each, document)) for each in fields]}
        )

    return answer


def _field(name: str, said: tuple[str, str] | None) -> dict[str, str]:
    value, quote = said or ("", "")
    found = "missing" if said is None else "found"
    return {"field": name, "found": found, "value": value, "quote": quote}


def _completion(model: str, content: str) -> dict[str, Any]:
    return {
        "id": "x",
        "object": "chat.completion",
        "created": 0,
        "model": model,
        "choices": [
            {
                "index": 0,
                "finish_reason": "stop",
                "message": {"role": "assistant", "content": content},
            }
        ],
        "usage": {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120},
    }
