"""A copy of the code with the files of a document in it, deployed."""

from __future__ import annotations

import os
import re
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

import functions.worker.handlers
import shared.jobs
from local.bucket import Bucket
from local.postgres import Postgres
from shared.roles import ROLES
from tests.conftest import own_database
from tests.worker.house import copy_code
from tests.worker.process import WorkerProcess, running

ROOT = Path(__file__).parents[2]


@dataclass
class Deployed:
    """Its database, as the owner sees it, and its worker."""

    conn: psycopg.Connection
    worker: WorkerProcess

    def lines_told(self) -> list[tuple[int, int]]:
        """Return from which line to which each attempt came, as the worker's log has it."""
        told = re.findall(r"counting (\d+) to (\d+)", self.worker.child.log.read_text())
        return [(int(start), int(end)) for start, end in told]


@contextmanager
def deployed(
    added: dict[str, str], folder: Path, postgres: Postgres, bucket: Bucket
) -> Iterator[Deployed]:
    """Add the files, migrate as a deployment does, and run the worker as its role."""
    house = _furnish(folder / "house", added)
    with pytest.MonkeyPatch.context() as patch, _database(postgres) as url:
        for package in (shared.jobs, functions.worker.handlers):
            there = str(house / package.__name__.replace(".", "/"))
            patch.setattr(package, "__path__", [*package.__path__, there])
        password = secrets.token_urlsafe()
        _migrate(house, {"DATABASE_URL": url, "WORKER_DATABASE_PASSWORD": password})
        with psycopg.connect(url, autocommit=True) as conn:
            database = postgres.url(conn.info.dbname, role=ROLES["worker"], password=password)
            env = {"DATABASE_URL": database, **bucket.env}
            with running(WorkerProcess(house, folder / "worker", env)) as worker:
                yield Deployed(conn, worker)


@contextmanager
def _database(postgres: Postgres) -> Iterator[str]:
    yield from own_database(postgres)


def _furnish(house: Path, added: dict[str, str]) -> Path:
    copy_code(house)
    for name, code in added.items():
        assert not (house / name).exists(), name
        (house / name).write_text(code, encoding="utf-8")
    return house


def _migrate(house: Path, told: dict[str, str]) -> None:
    command = [sys.executable, "-m", "shared.deploy"]
    subprocess.run(
        command, cwd=house, env={**os.environ, **told, "PYTHONPATH": str(house)}, check=True
    )
