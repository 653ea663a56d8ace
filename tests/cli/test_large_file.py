import json
import os
import socket
from contextlib import closing, suppress
from threading import Thread
from urllib.parse import urlsplit

import pytest

from cli.send import INLINE_BYTES, _Session

MIB = 1 << 20


def test_a_file_beyond_a_requests_limit_goes_straight_to_the_bucket(sluice, tmp_path):
    large = tmp_path / "large.csv"
    line = "number,text\n" + "".join(f"{n},{'x' * 1000}\n" for n in range(1, 1001))
    with large.open("w") as file:
        file.write(line)
        while file.tell() <= INLINE_BYTES:
            file.write(line.partition("\n")[2])
    rows = large.read_text().count("\n") - 1
    done = sluice("upload", large, "--wait", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["record"]["totalRows"] == rows


class CuttingProxy:
    """Passes bytes on to a server, and cuts its first connection after so many."""

    def __init__(self, server, cut_after):
        self._server, self._budget = server, cut_after
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.connections = 0
        self._thread = Thread(target=self._accept)
        self._thread.start()

    def close(self):
        self._listener.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._listener.close()

    def _accept(self):
        with suppress(OSError):
            while True:
                client = self._listener.accept()[0]
                self.connections += 1
                self._serve(client, self._budget if self.connections == 1 else None)

    def _serve(self, client, budget):
        with client, socket.create_connection(self._server) as server:
            back = Thread(target=self._pass, args=[server, client, None])
            back.start()
            self._pass(client, server, budget)
            back.join()

    @staticmethod
    def _pass(source, target, budget):
        with suppress(OSError):
            while data := source.recv(65536):
                target.sendall(data)
                budget = None if budget is None else budget - len(data)
                if budget is not None and budget <= 0:
                    break
        for end in (source, target):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


@pytest.mark.parametrize("cut_after", [MIB // 2, 5 * MIB // 2])
def test_a_broken_connection_is_resumed_from_what_the_bucket_has(
    bucket, store, tmp_path, cut_after
):
    content = os.urandom(4 * MIB)
    file = tmp_path / "data"
    file.write_bytes(content)
    key = f"resumed/{cut_after}"
    url = store.resumable_session(key, size=len(content), content_type="x/y", origin=None)
    sent = []
    with closing(CuttingProxy(("127.0.0.1", bucket.port), cut_after)) as proxy:
        through_proxy = url.replace(f":{urlsplit(url).port}", f":{proxy.port}", 1)
        with file.open("rb") as stream:
            _Session(through_proxy, len(content)).send(stream, MIB, sent.append)
    assert proxy.connections > 1
    assert store.read(key) == content
    assert sent[-1] == len(content)
