"""What fits into a drain, what is left for the next, and what goes to the long lane."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator

import psycopg
import pytest

from shared.queue.explain import why_waiting
from tests.worker.jobs import known, ledger, put_trouble
from tests.worker.signs import wait_until


@pytest.fixture
def pace(conn: psycopg.Connection) -> Iterator[Callable[..., None]]:
    """Return a function that tells the queue how long its jobs have taken."""

    def tell(seconds: float, *, per_cost: float) -> None:
        conn.execute(
            "insert into queue.pace values ('misbehave', 9, %(s)s, %(s)s, %(c)s, %(c)s, "
            "clock_timestamp())",
            {"s": seconds, "c": per_cost},
        )

    yield tell
    conn.execute("delete from queue.pace")


def why(conn: psycopg.Connection, job_id: int) -> str:
    return str(why_waiting(conn, known(conn, job_id)))


def test_a_job_that_fits_in_no_drain_is_not_begun(start_worker, conn, signs, pace):
    pace(100, per_cost=100)
    job_id = put_trouble(conn, signs, "raise_value_error", cost=1, max_attempts=1)
    with start_worker(20) as fresh:
        counts = fresh.drain()

    assert (counts["setAside"], counts["remaining"]) == (1, 0)
    assert (known(conn, job_id).state, known(conn, job_id).attempts) == ("waiting", 0)
    assert "--long" in why(conn, job_id)


@pytest.mark.parametrize(("cost", "per_cost"), [(1, 50), (19.9, 1)])
def test_small_jobs_that_took_long_for_their_cost_set_no_big_one_aside(
    start_worker, conn, signs, pace, cost, per_cost
):
    pace(5, per_cost=per_cost)
    job_id = put_trouble(conn, signs, "return_a_result", cost=cost)
    with start_worker(20) as fresh:
        assert fresh.drain()["completed"] == 1

    assert known(conn, job_id).state == "completed"


def test_a_job_that_does_not_fit_any_more_is_left_for_the_next_drain(
    start_worker, conn, signs, pace
):
    pace(100, per_cost=100)
    big = put_trouble(conn, signs, "return_a_result", cost=0.15)
    small = put_trouble(conn, signs, "return_a_result", cost=0.001)
    with start_worker(20) as fresh:
        late = fresh.drain(caller_waits="12")
        assert (late["completed"], late["remaining"]) == (1, 1)
        assert known(conn, small).state == "completed"
        assert (known(conn, big).state, known(conn, big).attempts) == ("waiting", 0)
        assert fresh.drain()["completed"] == 1


def test_the_long_lane_has_time_enough(hasty_worker, conn, signs, house, bucket, database):
    job_id = put_trouble(conn, signs, "take_long")
    assert hasty_worker.drain()["setAside"] == 1
    assert "--long" in why(conn, job_id)
    (signs.folder / "reached").unlink()

    env = os.environ | {"DATABASE_URL": database, "PYTHONPATH": str(house), **bucket.env}
    with subprocess.Popen(
        [sys.executable, "-m", "functions.worker", "--long"],
        cwd=house,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as long:
        wait_until((signs.folder / "reached").exists)
        assert hasty_worker.drain()["claimed"] == 0
        signs.open_the_gate()
        said, complained = long.communicate(timeout=30)

    assert (long.returncode, said) == (0, "{'completed': 1}\n")
    assert "leaked" not in complained
    assert known(conn, job_id).state == "completed"
    assert ledger(conn) == [("take_long", "saved")]
