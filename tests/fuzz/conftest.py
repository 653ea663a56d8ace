"""The whole system, for requests that are made up."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

import httpx
import pytest

from local.system import System, running_system
from tests.http.files import people
from tests.screening.work import ris
from tests.worker.signs import wait_until

TEMPLATE = [{"name": "fever", "type": "boolean"}]


@pytest.fixture(scope="session")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """A running system of its own: what is made up here may fill it."""
    with running_system(data=tmp_path_factory.mktemp("system"), port=0) as running:
        yield running


@pytest.fixture(scope="session")
def ann(system: System) -> Iterator[httpx.Client]:
    """Somebody who has records, which the others must never see."""
    with httpx.Client(base_url=system.url, headers={"x-sluice-user": "ann"}, timeout=60) as client:
        yield client


@pytest.fixture(scope="session")
def anns(ann: httpx.Client) -> Mapping[str, Mapping[str, str | int]]:
    """What Ann has, ready to be read: record and job by the kind that is in a route."""
    asked = {
        "sheets": {"files": {"file": ("hers-alone.xlsx", people(5))}},
        "screenings": {
            "files": {"file": ("hers-alone.ris", ris(3))},
            "data": {"criteria": json.dumps({"population": "adults"})},
        },
        "extractions": {"json": {"template": TEMPLATE, "texts": ["hers-alone denies fever"]}},
    }
    return {
        kind: _ready(ann, ann.post(f"/api/v1/{kind}/tasks", **how)) for kind, how in asked.items()
    }


def _ready(client: httpx.Client, answer: httpx.Response) -> Mapping[str, str | int]:
    started = answer.json()["data"]

    def status() -> str:
        return str(client.get(started["statusUrl"]).json()["data"]["status"])

    wait_until(lambda: status() == "ready", seconds=60)
    return {"record_id": started["recordId"], "job_id": started["jobId"]}
