"""A worker whose children have 1 GiB of address space, and what becomes of the files it gets."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple
from uuid import UUID, uuid4

import psycopg
import pytest

from local.bucket import Bucket
from local.postgres import Postgres
from shared.jobs.parse_excel import ParseExcel
from shared.queue.enqueue import enqueue
from shared.records import sheets
from shared.storage import Store
from tests.conftest import own_database
from tests.quiet import keep_quiet
from tests.worker.jobs import known, sentences
from tests.worker.process import WorkerProcess, running

ROOT = Path(__file__).parents[2]
MEMORY_MIB = 1024
BUDGET_SECONDS = 50
OWNER = "ann"


class Answer(NamedTuple):
    """What became of a file."""

    ready: bool
    sentences: list[str]
    seconds: float
    """From the drain's begin to its end."""


Ask = Callable[[bytes], Answer]


@pytest.fixture(scope="module")
def database(postgres_18: Postgres) -> Iterator[str]:
    """A database of the module's own."""
    for url in own_database(postgres_18):
        keep_quiet(url)
        yield url


@pytest.fixture(scope="module")
def worker(
    database: str, bucket: Bucket, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[WorkerProcess]:
    """The worker, its imports done."""
    env = {
        "DATABASE_URL": database,
        "WORKER_BUDGET_SECONDS": str(BUDGET_SECONDS),
        "WORKER_JOB_MEMORY_MIB": str(MEMORY_MIB),
        **bucket.env,
    }
    with running(WorkerProcess(ROOT, tmp_path_factory.mktemp("worker"), env)) as started:
        yield started


@pytest.fixture
def ask(worker: WorkerProcess, database: str, store: Store) -> Iterator[Ask]:
    """Upload a file and drain."""
    with psycopg.connect(database, autocommit=True) as conn:

        def answer(content: bytes) -> Answer:
            record, job = _put(conn, store, content)
            begin = time.monotonic()
            worker.drain()
            seconds = time.monotonic() - begin
            found = sheets.find(conn, record, OWNER)
            ready = found is not None and found.clean_data_key is not None
            return Answer(ready, sentences(known(conn, job)), seconds)

        yield answer


def _put(conn: psycopg.Connection, store: Store, content: bytes) -> tuple[UUID, int]:
    record = uuid4()
    payload = ParseExcel(
        record_id=record,
        source=f"sheets/{record}/original",
        file_name="x.xlsx",
        prefix=f"sheets/{record}",
    )
    store.create(payload.source, content)
    file = sheets.StoredFile(name="x.xlsx", size=len(content), sha256="0" * 64, key=payload.source)
    with conn.transaction():
        sheets.create(conn, record, OWNER, file)
        return record, enqueue(conn, payload, tenant=OWNER, subject=str(record))
