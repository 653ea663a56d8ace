"""What one transaction holds must not stop the others."""

import psycopg
import pytest

from shared.queue.batch import fan_out
from shared.queue.claim import claim
from shared.queue.complete import complete
from shared.queue.recover import recover
from tests.postgres.jobs import QUEUE, CountSheep, put, take


@pytest.fixture
def other(connect) -> psycopg.Connection:
    return connect()


def test_a_job_can_be_claimed_while_somebody_asks_for_its_key(conn, other):
    job_id = put(conn, unique_key="dolly", unique_while="waiting")
    with other.transaction():
        assert put(other, unique_key="dolly", unique_while="waiting") == job_id
        with conn.transaction():
            conn.execute("set local lock_timeout = '2s'")
            assert [job.id for job in claim(conn, QUEUE)] == [job_id]


def test_a_job_can_end_while_somebody_asks_for_its_key(conn, other):
    job_id = put(conn, unique_key="dolly")
    job = take(conn)
    with other.transaction():
        assert put(other, unique_key="dolly") == job_id
        with conn.transaction():
            conn.execute("set local lock_timeout = '2s'")
            complete(conn, job)


def test_a_batch_whose_workers_all_died_does_not_stop_the_recovery(conn):
    fan_out(conn, [CountSheep(sheep=n) for n in range(3)], tenant="farm")
    _, doomed, _ = claim(conn, QUEUE, limit=3)  # whichever end recovery begins at
    conn.execute("update queue.job set max_attempts = 1 where id = %s", [doomed.id])
    conn.execute("update queue.lease set expires_at = '-infinity'")

    with conn.transaction():
        recover(conn)

    outcomes = conn.execute("select outcome from queue.ended order by id").fetchall()
    assert outcomes == [("cancelled",), ("buried",), ("cancelled",)]


def test_a_claim_is_not_compiled(conn):
    put(conn)
    with conn.transaction():
        claim(conn, QUEUE)
        assert conn.execute("show jit").fetchone() == ("off",)
