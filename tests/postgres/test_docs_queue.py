"""What docs/queue.md shows and claims is so."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from local.postgres import Postgres
from shared.queue.bury import bury
from shared.queue.claim import claim
from shared.queue.complete import complete
from shared.queue.enqueue import enqueue
from shared.queue.find import find
from shared.queue.heartbeat import heartbeat
from shared.queue.pace import measure_pace
from shared.queue.progress import Progress
from shared.queue.retry import retry
from shared.queue.tag import UNIT
from tests.docs.markdown import blocks, script
from tests.postgres.jobs import ERROR, QUEUE, CountSheep

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "queue.md").read_text(encoding="utf-8")
ABOUT_RECORDS_TOO = "0006_maintenance.sql"
JOB_IN_THE_TEXT = "42"
SEND_MAIL = "send_mail"


def test_its_code_and_its_sql_work(database_url, conn, connect, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", database_url)
    names: dict[str, object] = {"__name__": "queue_md"}
    running, buried = None, None
    for block in blocks(TEXT):
        if block.language == "python":
            exec(compile(block.code, "docs/queue.md", "exec"), names)
            continue
        if running is None:
            running, buried = set_the_scene(conn, names["SendMail"])
        with held_snapshot(connect()):
            run(conn, block.code.replace(JOB_IN_THE_TEXT, str(running)))

    assert conn.execute("select sent_at is not null from mail").fetchall() == [(True,)]
    assert find(conn, running).cancel_requested
    assert find(conn, buried).state == "waiting"


def test_what_it_takes_out_of_sluice_stands_alone(postgres_18: Postgres, tmp_path: Path):
    take_out(tmp_path / "shared")
    first = f"import sys; sys.path.insert(0, {str(tmp_path)!r})"  # before the whole of Sluice
    (tmp_path / "queue_md.py").write_text(first + script(TEXT, "python"), encoding="utf-8")
    url = postgres_18.ensure_database(f"alone_{uuid4().hex}")

    done = subprocess.run(
        [sys.executable, "queue_md.py"],
        cwd=tmp_path,
        env={**os.environ, "DATABASE_URL": url},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr


def take_out(shared: Path) -> None:
    """Copy what the text says, and nothing else."""
    own = ROOT / "shared"
    shutil.copytree(own / "queue", shared / "queue")
    (shared / "migrations").mkdir()
    for name in ("__init__.py", "errors.py", "migrate.py"):
        shutil.copy(own / name, shared)
    for name in re.findall(r"`([0-9]{4}_\w+\.sql)`", TEXT):
        statements = (own / "migrations" / name).read_text(encoding="utf-8")
        if name == ABOUT_RECORDS_TOO:
            (statements,) = re.findall(
                r"^alter table queue\.schedule .*?;", statements, re.MULTILINE
            )
        (shared / "migrations" / name).write_text(statements, encoding="utf-8")


def set_the_scene(conn: psycopg.Connection, mail: type[CountSheep]) -> tuple[int, int]:
    """Leave a job in each state; return a running one and a buried one."""
    for address in ("a", "b", "c", "d"):
        enqueue(conn, mail(address=address), tenant="ann", priority=-9)
    well, badly, again, running = claim(conn, SEND_MAIL, limit=4)
    complete(conn, well)
    bury(conn, badly, ERROR)
    retry(conn, again, ERROR, delay=timedelta(hours=1))
    heartbeat(conn, running, Progress(phase="sending", done=1, total=4))
    with conn.transaction():
        measure_pace(conn, SEND_MAIL)
    return running.id, badly.id


class held_snapshot:  # noqa: N801 - reads as a phrase
    """Somebody's old snapshot, for the length of the block."""

    def __init__(self, conn: psycopg.Connection) -> None:
        self._conn = conn

    def __enter__(self) -> None:
        self._conn.execute("begin isolation level repeatable read")
        self._conn.execute("select count(*) from queue.job")

    def __exit__(self, *_: object) -> None:
        self._conn.execute("rollback")


def run(conn: psycopg.Connection, block: str) -> None:
    """Run each statement, which must find something to show or to change."""
    for statement in block.rstrip().rstrip(";").split(";\n"):
        cursor = conn.execute(statement)
        assert cursor.rowcount > 0, statement


def test_the_fair_order_is_as_in_its_table(conn):
    first_claimed = 2
    expected: dict[int, list[str]] = {}
    claimed: list[int] = []
    for when, tenant, cost, priority, turn, tag, place in fair_order():
        if when == "at time 1" and not claimed:
            claimed += [job.id for job in claim(conn, QUEUE, limit=first_claimed)]
        job_id = enqueue(
            conn, CountSheep(), tenant=tenant, cost=float(cost), priority=int(priority)
        )
        row = conn.execute(
            "select turn / %s, tag / %s from queue.job where id = %s", [UNIT, UNIT, job_id]
        ).fetchone()
        assert row == (int(turn), int(tag)), (tenant, row)
        expected[job_id] = [place]
    claimed += [job.id for job in claim(conn, QUEUE, limit=100)]

    places = {job_id: [str(place)] for place, job_id in enumerate(claimed, 1)}
    assert places == expected


def fair_order() -> list[list[str]]:
    section = TEXT.split("## The fair order")[1].split("\n## ")[0]
    rows = [line for line in section.splitlines() if line.startswith("| at time")]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]


@pytest.mark.parametrize("reference", sorted(set(re.findall(r"`(tests/[^`]+)`", TEXT))))
def test_the_tests_that_it_names_exist(reference: str):
    path, _, name = reference.partition("::")

    assert f"def {name}(" in (ROOT / path).read_text(encoding="utf-8") if name else True
    assert (ROOT / path).exists()


def test_every_state_and_operation_is_drawn():
    drawing = (ROOT / "docs" / "queue-states.svg").read_text(encoding="utf-8")
    section = TEXT.split("## The states of a job")[1].split("\n## ")[0]

    for word in ("scheduled", "waiting", "retrying", "running", "cancelling", "completed",
                 "cancelled", "buried", "enqueue", "claim", "release", "recover", "retry",
                 "complete", "bury", "cancel", "abandon", "requeue"):  # fmt: skip
        assert word in drawing, word
        assert word in section, word
