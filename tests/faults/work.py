"""A file that takes some seconds to parse, and what must be true of it whatever happens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
import psycopg

from functions.worker.orphans.judge import orphans
from functions.worker.orphans.walk import walk
from local.system import System
from shared.clean.manifest import read_manifest
from shared.storage import Store
from tests.worker.listing import keys
from tests.worker.signs import wait_until

ROWS = 60_000
ANN = {"x-sluice-user": "ann"}
LONGER_THAN_ANY_RECOVERY = 60.0


def csv(rows: int = ROWS) -> bytes:
    """Return a table of numbers, texts and dates."""
    lines = (f"{n},row {n},{n / 7:.3f},2024-03-{n % 28 + 1:02},{n % 2}" for n in range(rows))
    return "\n".join(("number,name,share,day,even", *lines)).encode()


@dataclass
class Work:
    """One upload and its job."""

    system: System
    record_id: str
    job_id: int
    rows: int

    @property
    def url(self) -> str:
        """The record's address."""
        return f"{self.system.url}/api/v1/sheets/tasks/{self.record_id}"

    def status(self) -> httpx.Response:
        """Ask for the job's status."""
        return httpx.get(f"{self.url}/status", params={"jobId": self.job_id}, headers=ANN)

    def preview(self) -> httpx.Response:
        """Ask for the last row."""
        params = {"offset": self.rows - 1, "limit": 1}
        return httpx.get(f"{self.url}/preview", params=params, headers=ANN)

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        """Look into the database; `%s` is the job's id."""
        with psycopg.connect(self.system.postgres.url("sluice")) as conn:
            return conn.execute(sql, [self.job_id]).fetchall()

    def wait_for_rows(self, done: int) -> None:
        """Wait until so many rows are checkpointed."""
        wait_until(lambda: self.rows_kept() >= done)

    def rows_kept(self) -> int:
        """Return how many rows are checkpointed."""
        found = self.query("select done from queue.checkpoint where job_id = %s")
        return int(found[0][0]) if found else 0

    def wait_until_ready(self) -> None:
        """Wait until the status says so; fails when the job ends otherwise."""
        wait_until(self._ready, seconds=LONGER_THAN_ANY_RECOVERY)

    def attempts(self) -> int:
        """Return how many attempts it took."""
        ((attempts,),) = self.query("select attempts from queue.ended where id = %s")
        return int(attempts)

    def ended(self) -> bool:
        """Tell whether nobody will work on it any more."""
        return self.query("select from queue.ended where id = %s") != []

    def _ready(self) -> bool:
        answer = self.status()
        if answer.status_code == 503:
            return False
        status = answer.json()["data"]
        assert status["status"] in ("processing", "ready"), status
        return bool(status["status"] == "ready")


def upload(system: System, rows: int = ROWS) -> Work:
    """Upload a file; its job waits for the next tick."""
    answer = httpx.post(
        f"{system.url}/api/v1/sheets/tasks",
        files={"file": ("big.csv", csv(rows))},
        headers=ANN,
        timeout=30,
    )
    assert answer.status_code == 202, answer.text
    accepted = answer.json()["data"]
    return Work(system, accepted["recordId"], accepted["jobId"], rows)


def assert_done_once(work: Work, store: Store) -> None:
    """One completion, nothing left of the job, all rows, and in the bucket not a byte too many."""
    clean_data_key = assert_completed_once(work)
    assert_no_orphans(work.record_id, store, clean_data_key)


def assert_completed_once(work: Work) -> str:
    """One completion, nothing left of the job, and all rows; return the clean data's key."""
    ended = work.query("select outcome from queue.ended where id = %s")
    assert ended == [("completed",)]
    for table, key in (("job", "id"), ("lease", "job_id"), ("checkpoint", "job_id")):
        assert work.query(f"select * from queue.{table} where {key} = %s") == []
    record = work.status().json()["data"]["record"]
    assert record["totalRows"] == work.rows
    (last,) = work.preview().json()["data"]["rows"]
    assert last[:2] == [work.rows - 1, f"row {work.rows - 1}"]
    return str(record["cleanDataKey"])


def assert_no_orphans(record_id: str | UUID, store: Store, clean_data_key: str) -> None:
    """In the bucket is the original, and what the manifest names; the sweep may be at it still."""
    prefix = f"sheets/{record_id}/"
    meant = meant_objects(record_id, store, clean_data_key)
    wait_until(lambda: keys(store, prefix) <= meant, seconds=10)
    assert keys(store, prefix) == meant


def assert_all_else_is_an_orphan(work: Work, store: Store, clean_data_key: str) -> None:
    """What is there beyond what is meant is just what the sweep of the night will take."""
    prefix, tomorrow = f"sheets/{work.record_id}/", datetime.now(UTC) + timedelta(days=1)
    meant = meant_objects(work.record_id, store, clean_data_key)
    with psycopg.connect(work.system.postgres.url("sluice")) as conn:
        stretches = walk(store, after=prefix, created_before=tomorrow)
        found = [each for stretch in stretches for each in stretch.found if each.root in prefix]
        print(keys(store, prefix) - meant)
        assert {*orphans(conn, found)} == keys(store, prefix) - meant


def meant_objects(record_id: str | UUID, store: Store, clean_data_key: str) -> set[str]:
    """Return the names of the original and of what the manifest names."""
    manifest = read_manifest(store, clean_data_key)
    return {f"sheets/{record_id}/original", clean_data_key, *manifest.objects()}
