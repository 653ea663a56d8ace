"""PostgreSQL is restarted in the middle of a drain."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import httpx
import psutil
import pytest

from local.postgres import Postgres
from shared.migrate import migrate
from tests.faults.drains.conftest import LEASE
from tests.faults.drains.yard import Yard
from tests.faults.work import csv
from tests.worker.process import WorkerProcess
from tests.worker.signs import wait_until

pytestmark = pytest.mark.faults

ROWS = 60_000
CLIPS = 2_000
ANSWER_SECONDS = 30.0
"""Far below the budget: a drain does not wait for a database that is not there."""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Postgres]:
    """One of our own, whose commits are durable."""
    with Postgres(data=tmp_path / "postgres") as started:
        yield started


@pytest.fixture
def yard(server, bucket, store, house, tmp_path) -> Iterator[Yard]:
    url = server.ensure_database("sluice")
    migrate(url)
    with ExitStack() as stack:
        found = Yard(url, bucket, store, house, tmp_path, stack)
        found.prepare(lease=LEASE)
        yield found


FAST, IMMEDIATE = signal.SIGINT, signal.SIGQUIT
"""As PostgreSQL calls them: transactions are rolled back, or just left."""


@pytest.mark.parametrize("at_once", [True, False], ids=["back at once", "back after the answer"])
@pytest.mark.parametrize("how", [FAST, IMMEDIATE], ids=["fast", "immediate"])
def test_the_drain_answers_and_the_next_one_goes_on(yard, server, how, at_once):
    worker = yard.worker(WORKER_SLOTS="2")
    worker.drain()
    sheet = yard.put_sheet(csv(ROWS))
    yard.put_clips(CLIPS, how="slowly")
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(post, worker)
        wait_until(lambda: yard.rows_kept(sheet) > 0 and yard.ended() > 0)
        before = yard.ended()
        shut_down(server, how)
        if at_once:
            server.start()
        status = answer.result(ANSWER_SECONDS).status_code
        if not at_once:
            server.start()

    print(f"The drain answered {status} with {before} of {CLIPS} done.")
    assert status in {200, 500, 503}
    assert before < CLIPS
    assert post(worker).is_success
    wait_until(lambda: post(worker).is_success and yard.ended() == len(yard.expected))
    yard.assert_each_done_once()
    # One that lost the database is not taken for dead.
    assert yard.query("select * from queue.drain") == []


def post(worker: WorkerProcess) -> httpx.Response:
    return httpx.post(worker.url, timeout=60)


def shut_down(server: Postgres, how: signal.Signals) -> None:
    process = psutil.Process(server.child.pid)
    process.send_signal(how)
    wait_until(lambda: process.status() == psutil.STATUS_ZOMBIE)  # ours, and not yet waited for
    server.stop()
