"""A whole system whose leases are short, so that what is lost is soon found."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

from local.bucket import Bucket
from local.system import System, running_system
from shared.queue.policy import change_policy, declare
from shared.storage import Store, open_store

LEASE = timedelta(seconds=3)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep these tests in one process: they would disturb each other's timing."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.xdist_group("faults"))


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """A running system that nobody else uses."""
    with running_system(data=tmp_path_factory.mktemp("system"), port=0) as running:
        with psycopg.connect(running.postgres.url("sluice")) as conn:
            declare(conn, "parse_excel")
            change_policy(conn, "parse_excel", lease=LEASE)
        yield running


@pytest.fixture
def store_of(monkeypatch: pytest.MonkeyPatch) -> Callable[[Bucket], Store]:
    """Open a bucket as the functions open it."""

    def opened(bucket: Bucket) -> Store:
        for name, value in bucket.env.items():
            monkeypatch.setenv(name, value)
        open_store.cache_clear()
        return open_store(bucket.name)

    return opened


@pytest.fixture
def store(system: System, store_of: Callable[[Bucket], Store]) -> Store:
    """The system's bucket."""
    return store_of(system.bucket)
