"""Each function runs from its own folder, `shared/` and its own hashed requirements, no more."""

from __future__ import annotations

import shutil
import subprocess
import sys
import venv
from collections.abc import Iterator, Mapping
from pathlib import Path

import httpx
import pytest

from local.bucket import Bucket
from local.child import Child
from local.ports import HOST, free_port
from tests.http.task import Task
from tests.quiet import keep_quiet

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "samples" / "penguins.xlsx"
FUNCTIONS = ("upload", "status", "worker")

pytestmark = [pytest.mark.timeout(300), pytest.mark.xdist_group("deployable")]


def deploy(name: str, folder: Path) -> Path:
    """Lay out what the function's image holds, and return its Python."""
    shutil.copytree(ROOT / "shared", folder / "shared")
    shutil.copytree(ROOT / "functions" / name, folder / "functions" / name)
    shutil.copy(ROOT / "functions" / "__init__.py", folder / "functions")
    venv.create(folder / "venv", with_pip=False, symlinks=True)
    python = folder / "venv" / "bin" / "python"
    requirements = folder / "functions" / name / "requirements.txt"
    uv = Path(sys.executable).with_name("uv")
    install = [
        uv,
        "pip",
        "install",
        "-q",
        "--python",
        python,
        "--require-hashes",
        "-r",
        requirements,
    ]
    subprocess.run(install, check=True)
    return python


@pytest.fixture
def urls(database_url: str, bucket: Bucket, tmp_path: Path) -> Iterator[Mapping[str, str]]:
    """Addresses of three functions that share a database and a bucket, and nothing else."""
    keep_quiet(database_url)
    running, addresses = [], {}
    try:
        for name in FUNCTIONS:
            folder = tmp_path / name
            python, port = deploy(name, folder), free_port()
            child = Child(
                name=name,
                command=[
                    *(python, "-m", "functions_framework"),
                    *("--source", f"functions/{name}/main.py", "--target", name),
                    *("--host", HOST, "--port", str(port)),
                ],
                log=folder / "log",
                cwd=folder,
                env={"PYTHONPATH": str(folder), "DATABASE_URL": database_url, **bucket.env},
            )
            child.start()
            running.append(child)
            addresses[name] = f"http://{HOST}:{port}"
        for child, address in zip(running, addresses.values(), strict=True):
            child.wait_ready(lambda address=address: is_ready(address), seconds=60)
        yield addresses
    finally:
        for child in running:
            child.stop()


def is_ready(address: str) -> bool:
    try:
        return httpx.get(f"{address}/health/ready").status_code == 200
    except httpx.TransportError:
        return False


def test_the_sample_becomes_ready_through_three_functions_that_stand_alone(urls):
    with httpx.Client(base_url=urls["status"], timeout=60) as client:
        form = {"file": (SAMPLE.name, SAMPLE.read_bytes())}
        task = Task(client, httpx.post(f"{urls['upload']}/api/v1/sheets/tasks", files=form))
        drained = httpx.post(urls["worker"], timeout=60).json()["data"]

        assert (drained["claimed"], drained["completed"]) == (1, 1)
        assert task.status()["status"] == "ready"
        assert task.data("/preview")["totalRows"] == 344
        for format_ in ("xlsx", "csv", "parquet", "json"):
            assert task.get("/export", format=format_).status_code == 200
