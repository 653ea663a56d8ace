"""Every test in here runs on each PostgreSQL that is at hand, and behind PgBouncer."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import psycopg
import pytest

from local.postgres import Postgres
from tests.conftest import own_database
from tests.pgbouncer.pooler import PgBouncer


@pytest.fixture(scope="session")
def pgbouncer(
    postgres_18: Postgres, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[PgBouncer]:
    """Two server connections per database, shared out transaction by transaction."""
    with PgBouncer(postgres_18, folder=tmp_path_factory.mktemp("pgbouncer")) as pooler:
        yield pooler


@pytest.fixture(params=["postgres_15", "postgres_18", "pgbouncer"])
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """A migrated database of the test's own, on the one server and then on the other."""
    if request.param == "pgbouncer":
        pooler: PgBouncer = request.getfixturevalue("pgbouncer")
        yield from map(pooler.through, own_database(request.getfixturevalue("postgres_18")))
    else:
        yield from own_database(request.getfixturevalue(request.param))


@pytest.fixture
def connect(database_url: str) -> Iterator[Callable[[], psycopg.Connection]]:
    """Open further connections; each statement commits by itself unless in a transaction block."""
    opened: list[psycopg.Connection] = []

    def another() -> psycopg.Connection:
        # Without prepared statements, as the functions have theirs.
        opened.append(psycopg.connect(database_url, autocommit=True, prepare_threshold=None))
        return opened[-1]

    yield another
    for conn in opened:
        conn.close()


@pytest.fixture
def conn(connect: Callable[[], psycopg.Connection]) -> psycopg.Connection:
    """One connection to it."""
    return connect()
