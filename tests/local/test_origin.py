import hashlib
import json
import sys
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread

import httpx
import psutil
import pytest

from local.child import Child
from local.ports import free_port, listening

MIB = 1 << 20


class Function(BaseHTTPRequestHandler):
    """Stands in for the functions where a test needs an answer that no function gives."""

    protocol_version = "HTTP/1.1"

    def do_POST(self):
        digest, left = hashlib.sha256(), int(self.headers.get("content-length", 0))
        while left:
            chunk = self.rfile.read(min(left, MIB))
            digest.update(chunk)
            left -= len(chunk)
        seen = {
            "path": self.path,
            "headers": dict(self.headers.items()),
            "sha256": digest.hexdigest(),
        }
        self._answer(202, json.dumps(seen).encode())

    def do_GET(self):
        if self.path.endswith("/slow"):
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"first")
            self.server.go_on.wait()
            self.wfile.write(b"last")
            self.close_connection = True
        else:
            self._answer(304, b"")

    def _answer(self, status, body):
        self.send_response(status)
        for cookie in ("a=1", "b=2"):
            self.send_header("set-cookie", cookie)
        self.send_header("etag", '"1"')
        if status != 304:
            self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        """Stay quiet."""


@pytest.fixture(scope="module")
def function():
    with ThreadingHTTPServer(("127.0.0.1", 0), Function) as server:
        server.go_on = Event()
        Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture(scope="module")
def origin(function, tmp_path_factory):
    address = f"http://127.0.0.1:{function.server_port}"
    with serving(address, address, tmp_path_factory.mktemp("origin")) as child:
        yield child


@contextmanager
def serving(upload, status, folder):
    with listening(0) as listener:
        child = Child(
            name="origin",
            command=[sys.executable, "-m", "local.origin", str(listener.fileno()), upload, status],
            log=folder / "log",
            cwd=Path(__file__).parents[2],
            inherit=[listener.fileno()],
        )
        child.start()
        child.url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        yield child
        child.stop()


def test_a_request_arrives_as_it_was_sent(origin):
    answer = httpx.post(
        f"{origin.url}/api/v1/uploads?a=%20b&c",
        json={"size": 1},
        headers={"x-request-id": "mine", "x-sluice-user": "ann", "accept-encoding": "identity"},
    )
    seen = answer.json()
    assert seen["path"] == "/api/v1/uploads?a=%20b&c"
    headers = {name.lower(): value for name, value in seen["headers"].items()}
    assert headers["x-request-id"] == "mine"
    assert headers["x-sluice-user"] == "ann"
    assert headers["accept-encoding"] == "identity"
    assert headers["host"] == origin.url.removeprefix("http://")
    assert answer.headers.get_list("set-cookie") == ["a=1", "b=2"]


def test_a_large_body_streams_through_without_being_kept(origin):
    def body():
        for number in range(200):
            yield bytes([number]) * MIB

    size = 200 * MIB
    url, headers = f"{origin.url}/api/v1/sheets/tasks", {"content-length": str(size)}
    httpx.post(url, content=b"warm")
    before = psutil.Process(origin.pid).memory_info().rss
    answer = httpx.post(url, content=body(), headers=headers, timeout=60)
    grown = psutil.Process(origin.pid).memory_info().rss - before
    expected = hashlib.sha256()
    for chunk in body():
        expected.update(chunk)
    assert answer.json()["sha256"] == expected.hexdigest()
    assert grown < 20 * MIB


def test_an_answer_streams_through_while_the_function_is_still_writing(origin, function):
    with httpx.stream("GET", f"{origin.url}/api/v1/sheets/tasks/1/slow") as answer:
        chunks = answer.iter_raw()
        assert next(chunks) == b"first"
        function.go_on.set()
        assert b"".join(chunks) == b"last"


def test_an_answer_without_a_body_keeps_its_headers(origin):
    answer = httpx.get(f"{origin.url}/api/v1/sheets/tasks/1/status")
    assert (answer.status_code, answer.headers["etag"], answer.content) == (304, '"1"', b"")


def test_a_function_that_is_down_gives_a_problem_with_a_sentence(tmp_path):
    nobody = f"http://127.0.0.1:{free_port()}"
    with serving(nobody, nobody, tmp_path) as origin:
        url, headers = f"{origin.url}/api/v1/sheets/tasks", {"x-request-id": "mine"}
        for answer in (httpx.get(url, headers=headers), httpx.post(url, headers=headers)):
            assert answer.status_code == 502
            assert answer.headers["content-type"] == "application/problem+json"
            assert answer.headers["x-request-id"] == "mine"
            problem = answer.json()
            assert problem["detail"] == problem["error"]
            assert "does not answer just now" in problem["detail"]


def test_what_is_not_published_is_not_found(origin):
    answer = httpx.post(f"{origin.url}/")
    assert (answer.status_code, answer.json()["title"]) == (404, "Not found")
    assert answer.headers["x-request-id"]
