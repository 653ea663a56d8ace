"""How many rows of a big sheet are parsed twice when drains hand it over."""

from __future__ import annotations

import tempfile
import uuid
from pathlib import Path

import psycopg
from rustpy_xlsxwriter import FastExcel

from benchmarks.drain.counting import BLOCKS, Counted
from benchmarks.drain.house import running_worker
from benchmarks.drain.parts import postgres_and_bucket
from benchmarks.report import Report
from shared.jobs.parse_excel import ParseExcel
from shared.queue.enqueue import enqueue
from shared.records import sheets
from shared.records.sheets import StoredFile
from shared.storage import open_store

_OWNER = "tenant"
_COLUMNS = 10
_HAND_OVERS = 4
"""About how many there are to be."""
_BUCKET = "sluice"


def measure(report: Report, *, rows: int) -> None:
    """Fill in `rows_parsed_twice_share`: what was parsed beyond one time, of all rows.

    First in one go, to learn how long it takes; then with a budget that is a part of it.
    """
    with (
        tempfile.TemporaryDirectory(prefix="sluice-bench-") as folder,
        postgres_and_bucket() as (house, env, conn),
    ):
        workbook = _workbook(Path(folder) / "big.xlsx", rows)
        counted = Counted(house, BLOCKS)
        with running_worker(house, env | {"WORKER_BUDGET_SECONDS": "600"}) as worker:
            _parse(conn, env, workbook)
            seconds = float(worker.drain()["elapsedSeconds"])
        counted.begin_anew()
        budget = max(1.0, seconds / _HAND_OVERS)
        with running_worker(house, env | {"WORKER_BUDGET_SECONDS": str(budget)}) as worker:
            _parse(conn, env, workbook)
            drains = 1
            while worker.drain()["remaining"]:
                drains += 1
        twice = counted.rows() - rows
    report.figures["rows_parsed_twice_share"] = twice / rows
    report.figures["hand_overs"] = drains - 1
    report.table(
        f"A workbook of {rows:,} rows; {seconds:.1f} s in one go, now {budget:.1f} s a drain",
        ["drains", "hand-overs", "rows parsed twice"],
        [[str(drains), str(drains - 1), f"{twice:,}"]],
    )


def _workbook(path: Path, rows: int) -> bytes:
    names = [f"column {n}" for n in range(_COLUMNS)]
    records = [{name: row * 7 % 1000 + n for n, name in enumerate(names)} for row in range(rows)]
    FastExcel(str(path)).sheet("data", records).save()
    return path.read_bytes()


def _parse(conn: psycopg.Connection, env: dict[str, str], workbook: bytes) -> None:
    record_id = uuid.uuid4()
    prefix = sheets.prefix_of(record_id)
    key = f"{prefix}/original"
    open_store(env["STORAGE_BUCKET"]).create(key, workbook)
    with conn.transaction():
        file = StoredFile(key=key, name="big.xlsx", size=len(workbook), sha256=None)
        sheets.create(conn, record_id, _OWNER, file)
        payload = ParseExcel(prefix=prefix, record_id=record_id, source=key, file_name="big.xlsx")
        enqueue(conn, payload, tenant=_OWNER, cost=len(workbook) / (1 << 20))
