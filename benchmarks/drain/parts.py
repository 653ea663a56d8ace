"""What a worker needs around it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg

from benchmarks.drain.house import HANDLERS, build_house
from local.bucket import Bucket
from local.postgres import Postgres
from shared.migrate import migrate


@contextmanager
def postgres_and_bucket(
    *, handlers: Path = HANDLERS
) -> Iterator[tuple[Path, dict[str, str], psycopg.Connection]]:
    """Give a house with the `handlers`, its environment, and a connection to its database."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="sluice-bench-")))
        postgres = stack.enter_context(Postgres(data=folder / "postgres"))
        bucket = stack.enter_context(Bucket(data=folder / "bucket"))
        url = postgres.ensure_database("drain")
        migrate(url)
        conn = stack.enter_context(psycopg.connect(url, autocommit=True))
        house = build_house(folder / "house", handlers=handlers)
        os.environ |= bucket.env  # for objects that the benchmark puts there itself
        yield house, {"DATABASE_URL": url, **bucket.env}, conn
