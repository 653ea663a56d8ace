"""Ten thousand jobs, everything around them fails again and again, and each is done once."""

from __future__ import annotations

import random
import signal
from collections.abc import Callable, Iterator
from datetime import timedelta

import psutil
import psycopg
import pytest

from local.postgres import Postgres
from shared.migrate import migrate
from shared.queue.enqueue_many import NewJob, enqueue_many
from shared.queue.policy import change_policy, declare
from tests.faults.ledger.crew import Crew
from tests.faults.ledger.jobs import LEDGER, QUEUE, CountOnce
from tests.faults.ledger.proxy import Proxy
from tests.worker.signs import wait_until

pytestmark = [pytest.mark.faults, pytest.mark.timeout(280)]

JOBS = 10_000
WORKERS = 3
LEASE = timedelta(seconds=1)
FAULTS = {"kill": 20, "pause": 5, "crash": 5}
CUT_SHARE = 0.02
"""Of all commits."""
PATIENCE = 60.0


class Trial:
    """The jobs, and what can be done to those who work on them."""

    def __init__(self, postgres: Postgres) -> None:
        self.postgres = postgres
        self.url = postgres.ensure_database("ledger")
        migrate(self.url)
        with psycopg.connect(self.url) as conn:
            conn.execute(LEDGER)
            declare(conn, QUEUE)
            change_policy(conn, QUEUE, lease=LEASE)
            job = NewJob(CountOnce(), tenant="clerk", max_attempts=10_000)
            enqueue_many(conn, [job] * JOBS)

    def query(self, sql: str) -> list[tuple[object, ...]]:
        with psycopg.connect(self.url) as conn:
            return conn.execute(sql).fetchall()

    def ended(self) -> int:
        ((count,),) = self.query("select count(*) from queue.ended")
        return int(count)  # type: ignore[call-overload]

    def kill(self, crew: Crew) -> None:
        crew.kill_one()

    def pause(self, crew: Crew) -> None:
        """Let a worker sleep until its leases are over, and others have its jobs."""
        sleeper = crew.stop_one()
        leases = "select job_id, fence from queue.lease"
        held = set(self.query(leases))
        try:
            wait_until(
                lambda: held.isdisjoint(self.query(leases)), seconds=4 * LEASE.total_seconds()
            )
        except AssertionError:
            # It sleeps in the middle of a transaction, and its locks keep others off.
            print("asleep in a transaction")
        finally:
            crew.wake(sleeper)

    def crash(self, crew: Crew) -> None:
        server = psutil.Process(self.postgres.child.pid)
        server.send_signal(signal.SIGQUIT)  # its "immediate" shutdown
        wait_until(lambda: server.status() == psutil.STATUS_ZOMBIE)
        self.postgres.stop()
        self.postgres.start()


@pytest.fixture
def trial(tmp_path) -> Iterator[Trial]:
    with Postgres(data=tmp_path / "postgres") as server:
        yield Trial(server)


def test_each_of_ten_thousand_jobs_is_done_once_whatever_fails(trial, tmp_path):
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    moments = random.Random(seed)
    faults: list[Callable[[Crew], None]] = [
        getattr(trial, name) for name, times in FAULTS.items() for _ in range(times)
    ]
    moments.shuffle(faults)
    words = tmp_path / "words"
    words.mkdir()
    with Proxy(trial.postgres.port, share=CUT_SHARE, moments=moments) as proxy:
        url = trial.url.replace(f":{trial.postgres.port}/", f":{proxy.port}/")
        with Crew(url, size=WORKERS, moments=moments, folder=words) as crew:
            for number, fault in enumerate(faults):
                wait_for(trial, crew, JOBS * number // len(faults) + moments.randrange(100))
                fault(crew)
            wait_for(trial, crew, JOBS)
    refused = crew.last_words().count("lost ")
    print(f"{proxy.cut} commits cut, {refused} late writes refused")
    assert proxy.cut > 10
    assert refused > 10
    assert "Traceback" not in crew.last_words()
    assert_each_done_once(trial)


def wait_for(trial: Trial, crew: Crew, ended: int) -> None:
    def so_many() -> bool:
        crew.check()
        return trial.ended() >= ended

    wait_until(so_many, seconds=PATIENCE)


def assert_each_done_once(trial: Trial) -> None:
    doubled = "select job_id, array_agg(fence) from ledger group by job_id having count(*) > 1"
    assert trial.query(doubled) == []
    assert trial.query("select count(*) from ledger") == [(JOBS,)]
    outcomes = "select outcome, count(*), count(distinct id) from queue.ended group by outcome"
    assert trial.query(outcomes) == [("completed", JOBS, JOBS)]
    unmatched = "select from ledger full join queue.ended on id = job_id where id is null"
    assert trial.query(unmatched) == []
    for table in ("job", "lease", "checkpoint"):
        assert trial.query(f"select * from queue.{table}") == []
