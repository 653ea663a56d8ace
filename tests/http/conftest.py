"""The whole system, in processes of its own, behind its one address."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import psycopg
import pytest

from local.system import DATABASE, System, running_system
from tests.http.operated import QuietQueue
from tests.http.task import Task

SAMPLE = Path(__file__).parents[2] / "samples" / "penguins.xlsx"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep these tests in one process, so that one system serves them all."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.xdist_group("system"))


@pytest.fixture(scope="session")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """A running system on a folder of its own."""
    with running_system(data=tmp_path_factory.mktemp("system"), port=0) as running:
        yield running


@pytest.fixture
def client(system: System) -> Iterator[httpx.Client]:
    """A caller named ann."""
    with httpx.Client(base_url=system.url, headers={"x-sluice-user": "ann"}, timeout=60) as ann:
        yield ann


@pytest.fixture
def stranger(system: System) -> Iterator[httpx.Client]:
    """A caller who owns nothing yet."""
    bob = {"x-sluice-user": f"bob-{uuid.uuid4()}"}
    with httpx.Client(base_url=system.url, headers=bob, timeout=60) as caller:
        yield caller


@pytest.fixture
def operator(system: System) -> Iterator[httpx.Client]:
    """A caller who does not say who they are: the user `local`, an operator on one machine."""
    with httpx.Client(base_url=system.url, timeout=60) as local:
        yield local


@pytest.fixture
def conn(system: System) -> Iterator[psycopg.Connection]:
    """A connection to the system's database."""
    with psycopg.connect(system.postgres.ensure_database(DATABASE), autocommit=True) as own:
        yield own


@pytest.fixture
def queue(conn: psycopg.Connection) -> QuietQueue:
    """A queue of the test's own."""
    return QuietQueue(conn)


@pytest.fixture
def upload(client: httpx.Client) -> Callable[..., Task]:
    """Send a file and return the task that it started."""

    def send(content: bytes, name: str = "data.xlsx", **headers: str) -> Task:
        answer = client.post(
            "/api/v1/sheets/tasks", files={"file": (name, content)}, headers=headers
        )
        assert answer.status_code == 202, answer.text
        return Task(client, answer)

    return send


@pytest.fixture(scope="session")
def ready(system: System) -> Iterator[Task]:
    """Ann's sample, parsed."""
    with httpx.Client(base_url=system.url, headers={"x-sluice-user": "ann"}, timeout=60) as ann:
        answer = ann.post(
            "/api/v1/sheets/tasks", files={"file": ("企鹅 penguins.xlsx", SAMPLE.read_bytes())}
        )
        task = Task(ann, answer)
        assert task.wait()["status"] == "ready"
        yield task
