"""PgBouncers in front of the wheel's PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import psycopg
import pytest

from local.postgres import Postgres
from tests.conftest import own_database
from tests.pgbouncer.pooler import PgBouncer

Connect = Callable[[], psycopg.Connection]


@pytest.fixture
def direct_url(postgres_18: Postgres) -> Iterator[str]:
    """A migrated database of the test's own, past the pooler."""
    yield from own_database(postgres_18)


@pytest.fixture(scope="session")
def two_servers(
    postgres_18: Postgres, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[PgBouncer]:
    """Gives each database two server connections."""
    with PgBouncer(postgres_18, folder=tmp_path_factory.mktemp("pgbouncer")) as pooler:
        yield pooler


@pytest.fixture(scope="session")
def one_server(
    postgres_18: Postgres, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[PgBouncer]:
    """Gives each database one server connection: every client follows another."""
    folder = tmp_path_factory.mktemp("pgbouncer")
    with PgBouncer(postgres_18, folder=folder, pool_size=1) as pooler:
        yield pooler


@pytest.fixture
def direct(direct_url: str) -> Iterator[psycopg.Connection]:
    """A connection past the pooler, from which the server itself can be looked at."""
    with psycopg.connect(direct_url, autocommit=True) as conn:
        yield conn


@pytest.fixture
def connect(two_servers: PgBouncer, direct_url: str) -> Iterator[Connect]:
    """Become one more client of two server connections."""
    with ExitStack() as stack:
        yield lambda: client(stack, two_servers.through(direct_url))


@pytest.fixture
def connect_to_one(one_server: PgBouncer, direct_url: str) -> Iterator[Connect]:
    """Become one more client of one server connection."""
    with ExitStack() as stack:
        yield lambda: client(stack, one_server.through(direct_url))


def client(stack: ExitStack, url: str) -> psycopg.Connection:
    """Connect as the functions do, for as long as the stack is open."""
    conn = psycopg.connect(url, autocommit=True, prepare_threshold=None)
    return stack.enter_context(conn)
