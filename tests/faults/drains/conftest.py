"""Real workers on a database and a bucket in which there is nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest

from local.bucket import Bucket
from shared.storage import Store
from tests.faults.drains.yard import Yard
from tests.worker.house import furnish

LEASE = timedelta(seconds=3)


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The code, with the tests' handlers beside the real ones."""
    return furnish(tmp_path_factory.mktemp("house"))


@pytest.fixture
def store(bucket: Bucket, store_of) -> Store:
    """The bucket of all these tests."""
    return store_of(bucket)


@pytest.fixture
def yard(
    database_url: str, bucket: Bucket, store: Store, house: Path, tmp_path: Path
) -> Iterator[Yard]:
    """Nothing but its own database; its workers end with the test."""
    with ExitStack() as stack:
        found = Yard(database_url, bucket, store, house, tmp_path, stack)
        found.prepare(lease=LEASE)
        yield found
