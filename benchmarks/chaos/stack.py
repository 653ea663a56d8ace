"""The real stack: PostgreSQL, the bucket, upload and status, and several workers on one queue."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from benchmarks.chaos.ledger import KEEP_LEDGER
from benchmarks.chaos.plan import LEASE_SECONDS, WORKERS
from benchmarks.chaos.worker import Worker
from benchmarks.drain.house import build_house
from local.ports import free_port
from local.system import DATABASE, System, running_system
from shared.queue.policy import change_policy, declare
from shared.storage import Store, open_store
from tests.faults.bucket_proxy import BucketProxy, Refusing
from tests.quiet import keep_quiet

QUEUES = (
    *("parse_excel", "edit_sheet", "export_sheet", "screen_literature", "extract_fields"),
    *("tally", "sweep_orphans", "delete_objects"),
)
_HANDLERS = Path(__file__).with_name("handlers")


@dataclass(frozen=True)
class Stack:
    """What a run works on and breaks."""

    system: System
    proxy: BucketProxy
    """Stands between the workers and the bucket."""
    workers: list[Worker]
    store: Store
    bucket_folder: Path
    """Where the emulator keeps its objects."""

    @property
    def database_url(self) -> str:
        """The superuser's address."""
        return self.system.postgres.url(DATABASE)

    def query(self, sql: str, *parameters: object) -> list[tuple[object, ...]]:
        """Look into the database."""
        with psycopg.connect(self.database_url, autocommit=True) as conn:
            return conn.execute(sql, parameters).fetchall()


@contextmanager
def running_stack(folder: Path) -> Iterator[Stack]:
    """Run it on an empty folder."""
    with ExitStack() as stack:
        system = stack.enter_context(running_system(data=folder / "data", port=0))
        _prepare(system)
        refusing = stack.enter_context(Refusing())
        proxy = stack.enter_context(BucketProxy(system.bucket, refusing))
        house = build_house(folder / "house", handlers=_HANDLERS)
        workers = [stack.enter_context(worker) for worker in _workers(system, proxy, house, folder)]
        for worker in workers:
            worker.wait_ready()
        os.environ |= system.bucket.env
        bucket = system.bucket.name
        yield Stack(system, proxy, workers, open_store(bucket), folder / "data" / "bucket" / bucket)


def _prepare(system: System) -> None:
    url = system.postgres.url(DATABASE)
    keep_quiet(url)
    with psycopg.connect(url) as conn:
        conn.execute(KEEP_LEDGER)
        for queue in QUEUES:
            declare(conn, queue)
            change_policy(
                conn,
                queue,
                lease=timedelta(seconds=LEASE_SECONDS),
                backoff_base=timedelta(seconds=0.5),
                backoff_cap=timedelta(seconds=5),
            )


def _workers(system: System, proxy: BucketProxy, house: Path, folder: Path) -> list[Worker]:
    """The first takes the place of the system's own, so the tick and all nudges go to it."""
    own = system.functions["worker"]
    own.stop()
    env = {
        name: value
        for name, value in own.child.env.items()
        if name not in {"PYTHONPATH", "HOST", "PORT"}
    }
    ports = [urlsplit(own.url).port or 0, *(free_port() for _ in range(WORKERS - 1))]
    return [
        Worker(house, folder / f"worker-{number}", port, {**env, **proxy.env})
        for number, port in enumerate(ports)
    ]
