"""A worker for a corpus: all its files go through one drain after the other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from local.bucket import Bucket
from local.postgres import Postgres
from shared.queue.policy import change_policy, declare
from tests.conftest import own_database
from tests.corpus.files import corpus
from tests.quiet import keep_quiet
from tests.worker.process import WorkerProcess, running

ROOT = Path(__file__).parents[2]
BUDGET_SECONDS = 50
JOB_SECONDS = 120
"""Of processor time; a file that takes more is reported."""


@pytest.fixture(scope="session")
def files() -> list[Path]:
    """The corpus; without one the tests say so and are skipped."""
    found = corpus()
    if found is None:
        pytest.skip("SLUICE_CORPUS names no folder: set it to one with workbooks to try them all")
    return found


@pytest.fixture(scope="module")
def database(files: list[Path], postgres_18: Postgres) -> Iterator[str]:
    """A database in which each job has one attempt."""
    for url in own_database(postgres_18):
        keep_quiet(url)
        with psycopg.connect(url) as conn:
            declare(conn, "parse_excel")
            change_policy(conn, "parse_excel", max_attempts=1)
        yield url


@pytest.fixture(scope="module")
def worker(
    database: str, bucket: Bucket, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[WorkerProcess]:
    """Two slots, as many as a small machine has cores."""
    env = {
        "DATABASE_URL": database,
        "WORKER_BUDGET_SECONDS": str(BUDGET_SECONDS),
        "WORKER_SLOTS": "2",
        "WORKER_JOB_CPU_SECONDS": str(JOB_SECONDS),
        **bucket.env,
    }
    with running(WorkerProcess(ROOT, tmp_path_factory.mktemp("worker"), env)) as started:
        yield started
