"""Every test in here runs on each PostgreSQL that is at hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import psycopg
import pytest

from local.postgres import Postgres
from tests.conftest import own_database


@pytest.fixture(params=["postgres_15", "postgres_18"])
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """A migrated database of the test's own, on the one server and then on the other."""
    server: Postgres = request.getfixturevalue(request.param)
    yield from own_database(server)


@pytest.fixture
def connect(database_url: str) -> Iterator[Callable[[], psycopg.Connection]]:
    """Open further connections; each statement commits by itself unless in a transaction block."""
    opened: list[psycopg.Connection] = []

    def another() -> psycopg.Connection:
        opened.append(psycopg.connect(database_url, autocommit=True))
        return opened[-1]

    yield another
    for conn in opened:
        conn.close()


@pytest.fixture
def conn(connect: Callable[[], psycopg.Connection]) -> psycopg.Connection:
    """One connection to it."""
    return connect()
