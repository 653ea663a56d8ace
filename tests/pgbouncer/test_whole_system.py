"""The main job, with every function behind PgBouncer."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import psycopg
import pytest

from local.functions import FUNCTIONS
from local.lock import locked
from local.ports import listening
from local.supervisor import Supervisor
from local.system import DATABASE, System
from tests.http.files import people
from tests.http.task import Task
from tests.pgbouncer.pooler import PgBouncer, installed


class PooledSystem(System):
    """A system whose functions reach PostgreSQL through two server connections in all."""

    def _start_functions(self, env: dict[str, str]) -> None:
        self.pooler = PgBouncer(self.postgres, folder=self._data / "pgbouncer")
        self._supervisor.start(self.pooler)
        super()._start_functions(env | {"DATABASE_URL": self.pooler.url(DATABASE)})


@pytest.fixture
def pooled(tmp_path) -> Iterator[PooledSystem]:
    installed()
    with locked(tmp_path), listening(0) as listener, Supervisor() as supervisor:
        system = PooledSystem(supervisor, tmp_path)
        system.start(listener.fileno(), listener.getsockname()[1])
        yield system


def test_uploads_become_ready_behind_the_pooler(pooled: PooledSystem):
    with httpx.Client(base_url=pooled.url, headers={"x-sluice-user": "ann"}, timeout=60) as ann:
        answers = [
            ann.post("/api/v1/sheets/tasks", files={"file": (f"{rows}.xlsx", people(rows))})
            for rows in (3, 5)
        ]
        for answer, rows in zip(answers, (3, 5), strict=True):
            task = Task(ann, answer)
            assert task.wait()["status"] == "ready"
            assert task.data("/preview")["totalRows"] == rows

    assert set(pooled.functions) == set(FUNCTIONS)
    assert addresses_of_clients(pooled) <= 2


def addresses_of_clients(pooled: PooledSystem) -> int:
    """Count the connections in the system's database but our own: all are the pooler's."""
    with psycopg.connect(pooled.postgres.url(DATABASE)) as conn:
        row = conn.execute(
            """
            select count(*) from pg_stat_activity
             where datname = current_database() and pid <> pg_backend_pid()
               and backend_type = 'client backend'
            """
        ).fetchone()
    return int(row[0])
