"""A database and a bucket of a test's own, its workers, and a ledger of all that they did."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg

from local.bucket import Bucket
from shared.jobs.parse_excel import ParseExcel
from shared.queue.enqueue import enqueue
from shared.queue.enqueue_many import NewJob, enqueue_many
from shared.queue.policy import change_policy, declare
from shared.records import sheets
from shared.records.sheets import StoredFile
from shared.storage import Store
from tests.faults.work import assert_no_orphans
from tests.quiet import keep_quiet
from tests.worker.handlers import clip_wool, overreach
from tests.worker.process import WorkerProcess, running

QUEUES = ("parse_excel", "clip_wool", "overreach")
MIB = 1 << 20

# No key, no unique constraint: they would hide what was done twice. A record is published in the
# transaction that completes its job, and the trigger's line is written with it.
_LEDGER = """
create table public.ledger (
    name text not null, note text not null, at timestamptz not null default clock_timestamp()
);
create function public.note_publication() returns trigger language plpgsql as $$
begin
    insert into public.ledger (name, note) values (new.id::text, 'published');
    return null;
end $$;
create trigger note_publication after update of clean_data_key on records.sheet
    for each row execute function public.note_publication();
"""


@dataclass(frozen=True)
class Sheet:
    """A record whose file is to be parsed, and the job that is to do it."""

    record_id: UUID
    job_id: int


@dataclass
class Yard:
    """Nothing is enqueued here but by the test; no tick wakes the workers."""

    url: str
    bucket: Bucket
    store: Store
    house: Path
    folder: Path
    stack: ExitStack
    expected: list[str] = field(default_factory=list)
    """Names that the ledger is to hold once each when everything is done."""
    _workers: int = 0

    def prepare(self, *, lease: timedelta) -> None:
        """Make the ledger; what is lost is found after `lease`."""
        keep_quiet(self.url)
        with psycopg.connect(self.url) as conn:
            conn.execute(_LEDGER)
            for queue in QUEUES:
                declare(conn, queue)
                change_policy(conn, queue, lease=lease, backoff_base=timedelta(seconds=0.1))

    def worker(self, **settings: str) -> WorkerProcess:
        """Start a worker that ends with the test; it serves when this returns."""
        self._workers += 1
        env = {
            "DATABASE_URL": self.url,
            "WORKER_BUDGET_SECONDS": "60",
            **self.bucket.env,
            **settings,
        }
        worker = WorkerProcess(self.house, self.folder / f"worker-{self._workers}", env)
        return self.stack.enter_context(running(worker))

    def put_sheet(self, file: bytes) -> Sheet:
        """Store a file, make its record and enqueue its parse."""
        record_id = uuid4()
        key = sheets.original_key(record_id)
        self.store.create(key, file)
        with psycopg.connect(self.url) as conn:
            sheets.create(conn, record_id, "ann", StoredFile(key, "big.csv", len(file), None))
            job = ParseExcel(
                prefix=sheets.prefix_of(record_id),
                record_id=record_id,
                source=key,
                file_name="big.csv",
            )
            subject, cost = str(record_id), max(1.0, len(file) / MIB)
            job_id = enqueue(conn, job, tenant="ann", subject=subject, cost=cost)
        self.expected.append(str(record_id))
        return Sheet(record_id, job_id)

    def put_clips(self, count: int, *, how: str = "well") -> None:
        """Enqueue jobs of SQL."""
        names = [f"sheep {n}" for n in range(len(self.expected), len(self.expected) + count)]
        jobs = [NewJob(clip_wool.Payload(name=name, how=how), tenant="ann") for name in names]
        with psycopg.connect(self.url) as conn:
            enqueue_many(conn, jobs)
        self.expected += names

    def put_overreach(self, how: str) -> int:
        """Enqueue a job that takes more than it may, once."""
        payload = overreach.Payload(prefix=f"farm/{uuid4()}", signs=self.folder, how=how)
        with psycopg.connect(self.url) as conn:
            return enqueue(conn, payload, tenant="bob", max_attempts=1)

    def query(self, sql: str, *parameters: object) -> list[tuple[Any, ...]]:
        """Look into the database."""
        with psycopg.connect(self.url, autocommit=True) as conn:
            return conn.execute(sql, parameters).fetchall()

    def rows_kept(self, sheet: Sheet) -> int:
        """Return how many units of the sheet's work are checkpointed."""
        found = self.query("select done from queue.checkpoint where job_id = %s", sheet.job_id)
        return int(found[0][0]) if found else 0

    def ended(self) -> int:
        """Return how many jobs nobody will work on any more."""
        return int(self.query("select count(*) from queue.ended")[0][0])

    def fence(self, sheet: Sheet) -> int | None:
        """Return the fence of the lease, None when nobody holds the job."""
        found = self.query("select fence from queue.lease where job_id = %s", sheet.job_id)
        return int(found[0][0]) if found else None

    def attempts(self, sheet: Sheet) -> int:
        """Return how many attempts an ended job was charged."""
        ((attempts,),) = self.query("select attempts from queue.ended where id = %s", sheet.job_id)
        return int(attempts)

    def manifest_key(self, sheet: Sheet) -> str:
        """Return where the record's clean data is described."""
        sql = "select clean_data_key from records.sheet where id = %s"
        return str(self.query(sql, sheet.record_id)[0][0])

    def assert_each_done_once(self, *, buried: int = 0) -> None:
        """One effect and one completion of each job, and nothing left, in the bucket neither.

        `buried` jobs have come to nothing.
        """
        self.assert_each_published_once(buried=buried)
        for record_id, key in self.query("select id, clean_data_key from records.sheet"):
            assert_no_orphans(record_id, self.store, key)

    def assert_each_published_once(self, *, buried: int = 0) -> None:
        """The same, but for the bucket."""
        doubled = "select name, count(*) from public.ledger group by name having count(*) > 1"
        assert self.query(doubled) == []
        names = self.query("select name from public.ledger")
        assert {name for (name,) in names} == {*self.expected}
        outcomes = "select outcome, count(*), count(distinct id) from queue.ended group by outcome"
        counts = {"completed": len(self.expected), "buried": buried}
        assert {*self.query(outcomes)} == {(how, n, n) for how, n in counts.items() if n}
        for table in ("job", "lease", "checkpoint"):
            assert self.query(f"select * from queue.{table}") == []
