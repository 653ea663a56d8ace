"""A real worker with a database and a bucket of its own, whose objects can be made old."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import psycopg
import pytest

from local.bucket import Bucket
from local.postgres import Postgres
from shared.storage import Store, open_store
from tests.conftest import own_database
from tests.maintenance.place import Place
from tests.worker.process import WorkerProcess, running

T = TypeVar("T")

ROOT = Path(__file__).parents[2]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep these tests in one process, so that one worker serves them all."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.xdist_group("maintenance"))


@pytest.fixture(scope="session")
def old_bucket_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("old_bucket")


@pytest.fixture(scope="session")
def old_bucket(old_bucket_folder: Path) -> Iterator[Bucket]:
    with Bucket(data=old_bucket_folder) as started:
        yield started


@pytest.fixture(scope="session")
def database(postgres_18: Postgres) -> Iterator[str]:
    yield from own_database(postgres_18)


@pytest.fixture(scope="session")
def worker(
    database: str, old_bucket: Bucket, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[WorkerProcess]:
    env = {"DATABASE_URL": database, "WORKER_BUDGET_SECONDS": "30", **old_bucket.env}
    with running(WorkerProcess(ROOT, tmp_path_factory.mktemp("worker"), env)) as started:
        started.drain()
        yield started


@pytest.fixture
def conn(database: str, worker: WorkerProcess) -> Iterator[psycopg.Connection]:
    """A connection to the worker's database, in which there is nothing but its schedules."""
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute(
            "truncate queue.job, queue.lease, queue.checkpoint, queue.unique_key, queue.ended,"
            " queue.pace, records.sheet, records.upload, records.idempotency_key"
            " cascade"
        )
        connection.execute(
            "update queue.schedule set paused = false, next_at = now() + interval '1 day'"
        )
        yield connection


@pytest.fixture
def store(old_bucket: Bucket, monkeypatch: pytest.MonkeyPatch) -> Store:
    for name, value in old_bucket.env.items():
        monkeypatch.setenv(name, value)
    open_store.cache_clear()
    return open_store(old_bucket.name)


@pytest.fixture
def place(
    conn: psycopg.Connection, store: Store, old_bucket: Bucket, old_bucket_folder: Path
) -> Iterator[Place]:
    """Records, uploads and objects of any age; the bucket is empty before and after."""
    yield Place(conn, store, old_bucket_folder / old_bucket.name)
    store.delete(*store.keys(""))


@pytest.fixture
def in_thread() -> Iterator[Callable[[Callable[[], T]], Callable[[], T]]]:
    """Begin something in a thread; what is returned waits for its end."""
    with ThreadPoolExecutor(1) as pool:
        yield lambda do: pool.submit(do).result
