from collections import deque
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from local.ports import free_port
from local.tick import tick


@pytest.fixture
def worker():
    """Answers with the statuses it is given, and remembers the requests."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            self.server.seen.append(self.path)
            self.send_response(self.server.statuses.popleft())
            self.end_headers()

        def log_message(self, *arguments):
            """Stay quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.seen, server.statuses = [], deque()
        server.url = f"http://127.0.0.1:{server.server_port}/"
        Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
        yield server
        server.shutdown()


class Clock:
    """Time passes only when somebody says so."""

    def __init__(self, *readings):
        self._readings = deque(readings)
        self.slept = []

    def __call__(self):
        return self._readings.popleft()

    def sleep(self, seconds):
        self.slept.append(round(seconds, 6))


def test_the_next_call_is_due_a_second_after_the_last_one_began(worker):
    worker.statuses.append(200)
    clock = Clock(100.0, 100.3)
    tick(worker.url, clock=clock, sleep=clock.sleep)
    assert (worker.seen, clock.slept) == (["/"], [0.7])


def test_after_a_long_drain_the_next_call_follows_at_once(worker):
    worker.statuses.append(200)
    clock = Clock(100.0, 145.0)
    tick(worker.url, clock=clock, sleep=clock.sleep)
    assert clock.slept == [0.0]


def test_a_worker_that_fails_or_is_gone_is_logged_and_called_again(worker, capsys):
    worker.statuses.append(503)
    clock = Clock(0.0, 0.0, 1.0, 1.0)
    tick(worker.url, clock=clock, sleep=clock.sleep)
    tick(f"http://127.0.0.1:{free_port()}/", clock=clock, sleep=clock.sleep)
    assert clock.slept == [1.0, 1.0]
    assert "503" in capsys.readouterr().err
