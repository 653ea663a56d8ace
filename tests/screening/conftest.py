"""A worker, a database, a bucket, and an endpoint for models that tests tell what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

from local.bucket import Bucket
from shared.queue.policy import change_policy
from tests.quiet import keep_quiet
from tests.screening.endpoint import Endpoint, serving, verdicts
from tests.worker.process import WorkerProcess, running

ROOT = Path(__file__).parents[2]
LEASE = timedelta(seconds=3)

StartWorker = Callable[..., AbstractContextManager[WorkerProcess]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep these tests in one process: each starts workers of its own."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.xdist_group("screening"))


@pytest.fixture
def conn(database_url: str) -> Iterator[psycopg.Connection]:
    """A database in which leases are short, so that what is lost is soon found."""
    keep_quiet(database_url)
    with psycopg.connect(database_url, autocommit=True) as own:
        change_policy(own, "screen_literature", lease=LEASE)
        yield own


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    """Models that find what is looked for."""
    with serving(Endpoint(verdicts(_meets))) as running_endpoint:
        yield running_endpoint


@pytest.fixture
def start_worker(
    database_url: str, bucket: Bucket, endpoint: Endpoint, tmp_path_factory: pytest.TempPathFactory
) -> StartWorker:
    """Run a worker whose models are at the endpoint, or the built-in ones."""

    def start(
        *, budget: float = 30, hosted: bool = True, **more: str
    ) -> AbstractContextManager[WorkerProcess]:
        env = {"DATABASE_URL": database_url, "WORKER_BUDGET_SECONDS": str(budget), **bucket.env}
        if hosted:
            env |= {
                "LLM_BASE_URL": endpoint.url,
                "LLM_MODEL_A": "model-a",
                "LLM_MODEL_B": "model-b",
                "LLM_API_KEY": "a secret key",
                **more,
            }
        return running(WorkerProcess(ROOT, tmp_path_factory.mktemp("worker"), env))

    return start


def _meets(_model: str, criterion: dict[str, str], document: str) -> str:
    if criterion["kind"] == "exclude":
        return "unclear"
    return "yes" if "myofunctional" in document else "no"
