"""The real worker, with job kinds of the tests' own dropped in as one file each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

from local.bucket import Bucket
from local.postgres import Postgres
from shared.queue.policy import change_policy, declare
from tests.conftest import own_database
from tests.quiet import keep_quiet
from tests.worker.house import furnish
from tests.worker.jobs import put_look
from tests.worker.process import WorkerProcess, running
from tests.worker.signs import Signs, wait_until

BUDGET_SECONDS = 20.0
SHORT_BUDGET_SECONDS = 2.5
LEASE = timedelta(seconds=5)

StartWorker = Callable[[float], AbstractContextManager[WorkerProcess]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep these tests in one process, so that the same workers serve them all."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.xdist_group("worker"))


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the code with the tests' handlers beside the real ones."""
    return furnish(tmp_path_factory.mktemp("house"))


@pytest.fixture(scope="session")
def database(postgres_18: Postgres) -> Iterator[str]:
    """A database for the workers, with a table that the tests' handlers save to."""
    for url in own_database(postgres_18):
        keep_quiet(url)
        with psycopg.connect(url) as conn:
            conn.execute(
                "create table public.ledger (name text not null, note text not null,"
                " at timestamptz not null default clock_timestamp())"
            )
            for queue in ("clip_wool", "count_sheep", "misbehave", "look_around"):
                declare(conn, queue)
                change_policy(conn, queue, lease=LEASE)
        yield url


@pytest.fixture(scope="session")
def start_worker(
    house: Path, database: str, bucket: Bucket, tmp_path_factory: pytest.TempPathFactory
) -> StartWorker:
    """Run another worker with a budget in seconds."""

    def start(budget: float) -> AbstractContextManager[WorkerProcess]:
        env = {
            "DATABASE_URL": database,
            "WORKER_BUDGET_SECONDS": str(budget),
            **bucket.env,
        }
        return running(WorkerProcess(house, tmp_path_factory.mktemp("worker"), env))

    return start


@pytest.fixture(scope="session")
def worker(start_worker: StartWorker) -> Iterator[WorkerProcess]:
    """A worker that has time enough."""
    with start_worker(BUDGET_SECONDS) as started:
        yield started


@pytest.fixture(scope="session")
def hasty_worker(start_worker: StartWorker, database: str) -> Iterator[WorkerProcess]:
    """A worker whose time is soon up; its imports are done, which take most of that time."""
    with start_worker(SHORT_BUDGET_SECONDS) as started:
        with psycopg.connect(database) as conn:
            put_look(conn)
        wait_until(lambda: started.drain()["completed"] == 1)
        yield started


@pytest.fixture
def conn(database: str) -> Iterator[psycopg.Connection]:
    """A connection to the workers' database, in which there is nothing yet."""
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute(
            "truncate queue.job, queue.lease, queue.checkpoint, queue.unique_key, queue.ended,"
            " queue.drain,"
            " public.ledger"
        )
        yield connection


@pytest.fixture
def signs(tmp_path: Path) -> Signs:
    """How the test and its jobs wait for each other."""
    return Signs(tmp_path / "signs")
