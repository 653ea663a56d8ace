"""Drains that end with work left ask for more, through the real messenger."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import psycopg
import pytest

from shared.nudge.nudge import chain
from shared.nudge.settings import NudgeSettings
from shared.queue import drains
from shared.queue.chain import GAP
from tests.nudge.server import Handler, Server
from tests.worker.signs import wait_until

ASKERS = 8
MOST = 3


def settings_for(worker_url: str, database_url: str, **more: object) -> NudgeSettings:
    return NudgeSettings(
        database_url=database_url,
        storage_bucket="bucket",
        nudge="http",
        worker_url=worker_url,
        worker_max_drains=MOST,
        **more,
    )


class EnteringWorker(Server):
    """Enters a drain in the register at every nudge; the drain never ends."""

    def __init__(self, database_url: str) -> None:
        super().__init__(_Entering)
        self.conn = psycopg.connect(database_url, autocommit=True)
        self.nudged_at: list[float] = []


class _Entering(Handler):
    def do_POST(self) -> None:  # noqa: N802
        worker = self.server.owner
        worker.nudged_at.append(time.monotonic())
        drains.enter(worker.conn, timedelta(minutes=1))
        self.answer(200)


@pytest.fixture
def worker(database_url):
    with EnteringWorker(database_url) as running, running.conn:
        yield running


def test_eight_that_ask_all_the_time_give_one_nudge_a_second_and_not_too_many_drains(
    worker, database_url
):
    settings, enough = settings_for(worker.url, database_url), threading.Event()

    def ask() -> int:
        allowed = 0
        while not enough.wait(0.02):
            allowed += chain(settings, left=1)
        return allowed

    with ThreadPoolExecutor(ASKERS) as pool:
        asking = [pool.submit(ask) for _ in range(ASKERS)]
        wait_until(lambda: len(worker.nudged_at) == MOST)
        enough.set()

    assert sum(one.result() for one in asking) == len(worker.nudged_at) == MOST
    gaps = [b - a for a, b in zip(worker.nudged_at, worker.nudged_at[1:], strict=False)]
    assert min(gaps) > 0.9 * GAP.total_seconds()
    assert drains.live(worker.conn) == MOST
    worker.conn.execute("update queue.chained set asked_at = asked_at - %s", [GAP])
    assert not chain(settings, left=1)


def test_nobody_asks_when_nothing_is_left(worker, database_url):
    assert not chain(settings_for(worker.url, database_url), left=0)
    assert not worker.conn.execute("select from queue.chained").fetchall()


def test_a_database_that_is_gone_is_harmless(caplog):
    settings = settings_for(
        "http://127.0.0.1:9/", "postgresql://127.0.0.1:9/none?connect_timeout=1"
    )

    assert not chain(settings, left=1)
    assert "No other drain was asked for" in caplog.text
