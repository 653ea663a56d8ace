"""Real parts for all tests: PostgreSQL servers and a bucket, started once per test process."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from local.bucket import Bucket
from local.postgres import FAST_AND_LOOSE, Postgres
from shared.migrate import migrate
from shared.storage import Store, open_store

DEBIAN_15 = Path("/usr/lib/postgresql/15/bin")
_TEMPLATE = "migrated"


@pytest.fixture(scope="session")
def postgres_18(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgres]:
    """The PostgreSQL 18 of the wheel."""
    with Postgres(data=tmp_path_factory.mktemp("pg18"), settings=FAST_AND_LOOSE) as server:
        migrate(server.ensure_database(_TEMPLATE))
        yield server


@pytest.fixture(scope="session")
def postgres_15(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgres]:
    """Debian's PostgreSQL 15."""
    if not DEBIAN_15.exists():
        pytest.skip(f"PostgreSQL 15 is not installed in {DEBIAN_15}")
    data = tmp_path_factory.mktemp("pg15")
    with Postgres(data=data, bin_dir=DEBIAN_15, settings=FAST_AND_LOOSE) as server:
        migrate(server.ensure_database(_TEMPLATE))
        yield server


@pytest.fixture
def database_url(postgres_18: Postgres) -> Iterator[str]:
    """A migrated database of the test's own."""
    yield from own_database(postgres_18)


def own_database(server: Postgres) -> Iterator[str]:
    """Clone the migrated template for one test."""
    name = f"test_{uuid.uuid4().hex}"
    with psycopg.connect(server.url(), autocommit=True) as conn:
        conn.execute(
            sql.SQL("create database {} template {}").format(
                sql.Identifier(name), sql.Identifier(_TEMPLATE)
            )
        )
        yield server.url(name)
        conn.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))


@pytest.fixture(scope="session")
def bucket(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bucket]:
    """A bucket in an emulator that the real client cannot tell from the real one."""
    with Bucket(data=tmp_path_factory.mktemp("bucket")) as running:
        yield running


@pytest.fixture
def store(bucket: Bucket, monkeypatch: pytest.MonkeyPatch) -> Store:
    """The bucket, opened as the functions open it."""
    for name, value in bucket.env.items():
        monkeypatch.setenv(name, value)
    open_store.cache_clear()
    return open_store(bucket.env["STORAGE_BUCKET"])
