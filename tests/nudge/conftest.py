"""Real functions, without a tick: whatever starts here has been nudged."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest

from local.bucket import Bucket
from local.functions import FunctionProcess
from tests.nudge.google import Google
from tests.nudge.workers import CountingWorker

StartFunction = Callable[..., FunctionProcess]
"""Takes a function's name and its settings; returns when the function can serve."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep these tests in one process: they look at milliseconds."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.xdist_group("nudge"))


@pytest.fixture
def conn(database_url: str) -> Iterator[psycopg.Connection]:
    """A connection to the functions' database."""
    with psycopg.connect(database_url, autocommit=True) as own:
        yield own


@pytest.fixture
def start(database_url: str, bucket: Bucket, tmp_path: Path) -> Iterator[StartFunction]:
    """Start functions that end with the test."""
    common = {"DATABASE_URL": database_url, "AUTH_MODE": "none", "NUDGE": "none", **bucket.env}
    with ExitStack() as stack:

        def started(name: str, **settings: str) -> FunctionProcess:
            log = tmp_path / f"{name}-{len(list(tmp_path.iterdir()))}.log"
            function = FunctionProcess(name, env=common | settings, log=log)
            stack.callback(function.stop)
            function.start()
            function.wait_ready(check=function.check)
            return function

        yield started


@pytest.fixture
def counting_worker() -> Iterator[CountingWorker]:
    """Takes nudges and does nothing else."""
    with CountingWorker() as worker:
        yield worker


@pytest.fixture
def google() -> Iterator[Google]:
    """What a function on Cloud Run sees of Google."""
    with Google() as running:
        yield running
