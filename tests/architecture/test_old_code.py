"""The version before goes on working while and after a new one migrates the database.

That version is the last tag's, and without tags the code of a few migrations ago. Its functions run
from the history on the newest schema; where the history is not there, that is skipped.
"""

from __future__ import annotations

import json
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import httpx
import psycopg
import pytest
from psycopg import sql

from local.bucket import Bucket
from local.child import Child
from local.ports import HOST, free_port
from local.postgres import Postgres
from shared.migrate import migrate
from tests.http.task import Task
from tests.quiet import keep_quiet

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "samples" / "penguins.xlsx"
_MIGRATIONS_BACK = 3
_MIGRATE = "import sys; from shared.migrate import migrate; print(*migrate(sys.argv[1]))"

pytestmark = [pytest.mark.timeout(180), pytest.mark.xdist_group("old-code")]


def git(*arguments: str) -> bytes:
    return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, check=True).stdout


def version_before() -> str:
    """Return the last tag before this commit, or who came before the third-last migration.

    Raises CalledProcessError, IndexError where the history does not go back so far.
    """
    if tags := git("tag", "--merged", "HEAD^", "--sort=-creatordate").split():
        return tags[0].decode()
    added = git("log", "--diff-filter=A", "--format=%H", "--", "shared/migrations").split()
    return git("rev-parse", "--verify", f"{added[_MIGRATIONS_BACK - 1].decode()}^").decode().strip()


@pytest.fixture(scope="module")
def old_tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The code of the version before, as it stood then."""
    try:
        archive = git("archive", version_before(), "functions", "shared")
    except (OSError, IndexError, subprocess.CalledProcessError) as error:
        pytest.skip(f"the history is not here, or too short for code of before: {error}")
    folder = tmp_path_factory.mktemp("old")
    subprocess.run(["tar", "-x", "-C", str(folder)], input=archive, check=True)
    return folder


@dataclass
class Serving:
    """Functions of either tree, on one database that the old code has made."""

    database_url: str
    bucket: Bucket
    folder: Path
    running: ExitStack

    def start(self, name: str, tree: Path) -> str:
        """Serve one function from a tree, and return its address once it is ready."""
        port = free_port()
        child = Child(
            name=name,
            # `-m` looks into the folder first that it is started in: that tree's code is run.
            command=[
                *(sys.executable, "-m", "functions_framework"),
                *("--source", f"functions/{name}/main.py", "--target", name),
                *("--host", HOST, "--port", str(port)),
            ],
            log=self.folder / f"{name}.log",
            cwd=tree,
            env={"PYTHONPATH": "", "DATABASE_URL": self.database_url, **self.bucket.env},
        )
        child.start()
        self.running.callback(child.stop)
        address = f"http://{HOST}:{port}"
        child.wait_ready(lambda: _is_ready(address), seconds=60)
        return address


def _is_ready(address: str) -> bool:
    try:
        return httpx.get(f"{address}/health/ready").status_code == 200
    except httpx.TransportError:
        return False


@pytest.fixture
def serving(
    postgres_18: Postgres, bucket: Bucket, old_tree: Path, tmp_path: Path
) -> Iterator[Serving]:
    name = f"test_{uuid.uuid4().hex}"
    with psycopg.connect(postgres_18.url(), autocommit=True) as conn, ExitStack() as after:
        conn.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
        drop = sql.SQL("drop database {} with (force)").format(sql.Identifier(name))
        after.callback(conn.execute, drop)
        url = postgres_18.url(name)
        subprocess.run([sys.executable, "-c", _MIGRATE, url], cwd=old_tree, check=True)
        yield Serving(url, bucket, tmp_path, after)


def _described(tree: Path) -> dict[str, object]:
    return dict(json.loads((tree / "shared" / "http" / "openapi.json").read_text()))


@pytest.mark.parametrize("worker", ["old", "new"])
def test_old_code_serves_people_while_and_after_a_new_version_migrates(serving, old_tree, worker):
    """A new worker takes over what old code has enqueued; until then an old one goes on."""
    upload, status = (serving.start(name, old_tree) for name in ("upload", "status"))
    old_drain = serving.start("worker", old_tree) if worker == "old" else None
    form = {"file": (SAMPLE.name, SAMPLE.read_bytes())}
    with httpx.Client(base_url=status, timeout=60) as client:
        served = client.get("/openapi.json").json()
        assert served == _described(old_tree)
        assert served != _described(ROOT)
        before = Task(client, httpx.post(f"{upload}/api/v1/sheets/tasks", files=form))
        assert before.status()["status"] == "processing"

        # Raises as well when a migration that was applied reads differently today.
        assert migrate(serving.database_url), "nothing is new since: go further back"
        keep_quiet(serving.database_url)

        after = Task(client, httpx.post(f"{upload}/api/v1/sheets/tasks", files=form))
        httpx.post(old_drain or serving.start("worker", ROOT), timeout=60).raise_for_status()
        for task in (before, after):
            assert task.status()["status"] == "ready"
            assert task.data("/preview")["totalRows"] == 344
            assert task.get("/export", format="csv").status_code == 200
        assert client.delete(before.url).is_success
        assert before.get("/status").status_code == 404
