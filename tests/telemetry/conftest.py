"""Upload and worker in processes of their own, as the platform would run them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import httpx
import psycopg
import pytest

from local.bucket import Bucket
from local.functions import FunctionProcess
from tests.quiet import keep_quiet
from tests.telemetry.collector import Collector, collecting

SAMPLE = Path(__file__).parents[2] / "samples" / "penguins.xlsx"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep these tests in one process: their functions are started once each."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.xdist_group("telemetry"))


@dataclass
class House:
    """Two running functions that share a database and a bucket."""

    upload: FunctionProcess
    worker: FunctionProcess
    database: str

    def send(self, content: bytes, **headers: str) -> int:
        """Upload a file and return its job."""
        form = {"file": ("sheep.xlsx", content)}
        url = f"{self.upload.url}/api/v1/sheets/tasks"
        answer = httpx.post(url, files=form, headers=headers, timeout=60)
        assert answer.status_code == 202, answer.text
        return int(answer.json()["data"]["jobId"])

    def drain(self) -> Mapping[str, int]:
        """Let the worker do what there is."""
        answer = httpx.post(self.worker.url, timeout=60)
        assert answer.status_code == 200, answer.text
        return dict(answer.json()["data"])

    def trace_of(self, job: int) -> str:
        """Return the `traceparent` that came with a waiting job."""
        with psycopg.connect(self.database) as conn:
            ((trace,),) = conn.execute("select trace from queue.job where id = %s", [job])
        return str(trace)


StartHouse = Callable[..., House]


@pytest.fixture
def start_house(database_url: str, bucket: Bucket, tmp_path: Path) -> Iterator[StartHouse]:
    """Start both functions with the settings that are named."""
    keep_quiet(database_url)
    with ExitStack() as running:

        def start(**settings: str) -> House:
            env = {"DATABASE_URL": database_url, "LOG_FORMAT": "json", **bucket.env, **settings}
            upload, worker = (
                FunctionProcess(name, env=env, log=tmp_path / f"{name}.log")
                for name in ("upload", "worker")
            )
            for function in (upload, worker):
                running.callback(function.stop)
                function.start()
            for function in (upload, worker):
                function.wait_ready(check=function.check)
            return House(upload, worker, database_url)

        yield start


@pytest.fixture
def collector() -> Iterator[Collector]:
    """A collector that has nothing yet."""
    with collecting() as running:
        yield running


def lines_of(function: FunctionProcess) -> list[dict[str, object]]:
    """Return what a function has logged, which is JSON and nothing else."""
    return [json.loads(line) for line in function.child.log.read_text().splitlines()]
