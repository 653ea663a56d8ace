"""Records, uploads and objects as old as a test wants them."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
from pydantic import BaseModel

from functions.worker.job import own_objects
from shared.clean.manifest import Manifest, Part, write_manifest
from shared.jobs.sweep_orphans import SweepOrphans
from shared.queue.enqueue import enqueue
from shared.queue.find import KnownJob, find
from shared.records import sheets, uploads
from shared.records.sheets import StoredFile
from shared.storage import Store
from tests.worker.process import WorkerProcess

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)

_ATTRIBUTES = "user.metadata"
"""Where the emulator keeps what it knows of an object."""


@dataclass
class Place:
    """What a test builds in the database and in the bucket."""

    conn: psycopg.Connection
    store: Store
    folder: Path
    """Where the emulator keeps the bucket."""

    def put(self, key: str, *, age: timedelta = 2 * DAY) -> str:
        """Store an object that was created so long ago; return its key."""
        self.store.create(key, b"x")
        self.grow_old(key, age)
        return key

    def grow_old(self, key: str, age: timedelta) -> None:
        """Let an object have been created so long ago."""
        path = self.folder / key
        attributes = json.loads(os.getxattr(path, _ATTRIBUTES))
        attributes["Created"] = (datetime.now(UTC) - age).isoformat()
        os.setxattr(path, _ATTRIBUTES, json.dumps(attributes).encode())

    def record(self, *, expired: timedelta = -DAY) -> UUID:
        """Create a record that expired so long ago, with its original; not parsed yet."""
        record_id = uuid4()
        key = self.put(sheets.original_key(record_id))
        sheets.create(self.conn, record_id, "ann", StoredFile(key, "data.csv", 1, None))
        self.expire(record_id, expired)
        return record_id

    def expire(self, record_id: UUID, ago: timedelta) -> None:
        """Let a record have expired so long ago."""
        self.conn.execute(
            "update records.sheet set expires_at = now() - %s where id = %s", [ago, record_id]
        )

    def clean_data(self, record_id: UUID, job_id: int, *, fence: int = 7) -> str:
        """Store a job's clean data and return the manifest's key; no row refers to it yet."""
        folder = f"{own_objects(sheets.prefix_of(record_id), job_id)}{fence}_clean"
        names = [f"{folder}/{name}" for name in ("part-00000.parquet", "page.json", "profile.json")]
        for name in names:
            self.put(name)
        part, page, profile = names
        manifest = Manifest(
            columns=[],
            total_rows=1,
            parts=[Part(key=part, rows=1)],
            first_page_key=page,
            profile_key=profile,
        )
        key = f"{folder}/manifest.json"
        write_manifest(self.store, key, manifest)
        self.grow_old(key, 2 * DAY)
        return key

    def publish(self, record_id: UUID, manifest: str) -> None:
        """Let the record refer to clean data."""
        sheets.publish(
            self.conn,
            record_id,
            clean_data_key=manifest,
            total_rows=1,
            total_cols=0,
            columns=[],
            source={},
        )

    def upload(self, *, expired: timedelta = -DAY) -> UUID:
        """Promise an upload, keep the promise, and let it have expired so long ago."""
        upload_id = uuid4()
        uploads.create(
            self.conn,
            upload_id,
            "ann",
            name="data.csv",
            size=1,
            sha256=None,
            key=self.put(f"uploads/{upload_id}"),
        )
        self.conn.execute(
            "update records.upload set expires_at = now() - %s where id = %s", [expired, upload_id]
        )
        return upload_id

    def enqueue_sweep(self, checkpoint: BaseModel) -> int:
        """Enqueue a walk that has come so far already."""
        job_id = enqueue(self.conn, SweepOrphans(), tenant="maintenance")
        self.conn.execute(
            "insert into queue.checkpoint (job_id, state, done) values (%s, %s, 1)",
            [job_id, checkpoint.model_dump_json()],
        )
        return job_id

    def keys(self) -> set[str]:
        """Return the names of all objects in the bucket."""
        return set(self.store.keys(""))

    def records(self) -> set[UUID]:
        """Return the ids of all records, hidden ones included."""
        return {row[0] for row in self.conn.execute("select id from records.sheet")}

    def uploads(self) -> set[UUID]:
        """Return the ids of all promised uploads."""
        return {row[0] for row in self.conn.execute("select id from records.upload")}

    def jobs(self, queue: str) -> list[KnownJob]:
        """Return the queue's jobs, ended ones included, in order."""
        rows = self.conn.execute(
            "select id from queue.known_job where queue = %s order by id", [queue]
        ).fetchall()
        found = [find(self.conn, job_id) for (job_id,) in rows]
        return [job for job in found if job is not None]

    def let_jobs_be_due(self) -> None:
        """Let the time of all jobs that are to be tried again have come."""
        self.conn.execute("update queue.job set due_at = now() where fence is null and tag is null")


def tick(place: Place, worker: WorkerProcess, schedule: str) -> dict[str, int]:
    """Let the schedule's time have come, and drain until nothing is left."""
    changed = place.conn.execute(
        "update queue.schedule set next_at = now() - interval '1 s' where name = %s returning name",
        [schedule],
    )
    assert changed.fetchone() is not None, schedule
    return worker.drain()
