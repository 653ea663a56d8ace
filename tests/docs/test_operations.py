"""What docs/operations.md tells an operator to do can be done."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator

import httpx
import psycopg
import pytest
from pydantic_settings import BaseSettings

from functions.status.settings import StatusSettings
from functions.upload.settings import UploadSettings
from functions.worker.language.settings import LanguageSettings
from functions.worker.registry import queues, schedule_of
from functions.worker.settings import WorkerSettings
from local.system import DATABASE, System
from tests.docs.deployed import ROOT
from tests.docs.markdown import blocks
from tests.http.operated import QuietQueue
from tests.worker.signs import wait_until

TEXT = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
SECTION = TEXT.split("## Something is wrong")[1].split("\n## ")[0]
COMMANDS = [
    line.partition("  #")[0]
    for block in blocks(SECTION)
    if block.language == "sh"
    for line in block.code.splitlines()
]
STATEMENTS = [
    statement
    for block in blocks(SECTION)
    if block.language == "sql"
    for statement in block.code.rstrip().rstrip(";").split(";\n")
]
SLUICE = f'sluice() {{ {sys.executable} -m cli.main "$@"; }}'
TOLD = set(re.findall(r"[A-Z_]+", TEXT))
FORGOTTEN = "select from queue.ended where queue = 'keep_history'"


@pytest.fixture
def conn(documented: System) -> Iterator[psycopg.Connection]:
    """The owner's connection to a database that has a queue of sheets, and has seen a drain."""
    httpx.post(f"{documented.url}/api/v1/sheets/tasks", files={"file": ("a.csv", b"a\n1\n")})
    with psycopg.connect(documented.postgres.url(DATABASE), autocommit=True) as owner:
        wait_until(lambda: owner.execute("select from queue.schedule").rowcount > 0)
        yield owner


@pytest.mark.parametrize("command", sorted(set(COMMANDS)))
def test_its_commands_work(documented: System, conn: psycopg.Connection, command: str):
    queue = QuietQueue(conn)
    job_id = queue.put() if "cancel" in command else queue.fail()
    env = {"SLUICE_URL": documented.url, "WORKER_URL": documented.functions["worker"].url}

    done = subprocess.run(
        ["bash", "-ec", f"{SLUICE}\n{command.replace('JOB', str(job_id))}"],
        cwd=ROOT,
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("statement", STATEMENTS)
def test_its_sql_works(conn: psycopg.Connection, statement: str):
    found = conn.execute(statement)

    assert statement.lstrip().startswith("select") or found.rowcount == 1


def test_the_history_is_looked_through_at_once_when_told(conn: psycopg.Connection):
    before = conn.execute(FORGOTTEN).rowcount
    (now,) = (statement for statement in STATEMENTS if "maintain-history" in statement)

    conn.execute(now)

    wait_until(lambda: conn.execute(FORGOTTEN).rowcount > before)


@pytest.mark.parametrize(
    "settings", [UploadSettings, StatusSettings, WorkerSettings, LanguageSettings]
)
def test_it_tells_of_every_setting(settings: type[BaseSettings]):
    assert {name for name in settings.model_fields if name.upper() not in TOLD} == set()


@pytest.mark.parametrize("queue", [queue for queue in queues() if schedule_of(queue)])
def test_it_tells_of_every_schedule(queue: str):
    schedule = schedule_of(queue)

    assert f"| `{schedule.name}` |" in TEXT
    assert f"| `{queue}` |" in TEXT
