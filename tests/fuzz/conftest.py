"""The whole system, for requests that are made up."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from local.system import System, running_system
from tests.http.files import people
from tests.http.task import Task


@pytest.fixture(scope="session")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """A running system of its own: what is made up here may fill it."""
    with running_system(data=tmp_path_factory.mktemp("system"), port=0) as running:
        yield running


@pytest.fixture(scope="session")
def anns(system: System) -> Iterator[Task]:
    """A record of Ann's that the others must never see."""
    with httpx.Client(base_url=system.url, headers={"x-sluice-user": "ann"}, timeout=60) as ann:
        answer = ann.post("/api/v1/sheets/tasks", files={"file": ("hers-alone.xlsx", people(5))})
        task = Task(ann, answer)
        assert task.wait()["status"] == "ready"
        yield task
