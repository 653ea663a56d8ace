import threading

import psycopg
import pytest

from shared.errors import InvalidQueueName, PayloadTooLarge
from shared.queue.claim import claim
from shared.queue.complete import complete
from shared.queue.enqueue import MAX_PAYLOAD_BYTES, enqueue
from shared.queue.find import find
from shared.queue.payload import Payload
from tests.postgres.jobs import QUEUE, CountSheep, put, take


def test_a_job_commits_with_its_callers_transaction(conn, connect):
    with conn.transaction():
        job_id = put(conn)
        assert find(connect(), job_id) is None

    assert find(conn, job_id).state == "waiting"


def test_a_job_vanishes_with_its_callers_transaction(conn):
    with conn.transaction(force_rollback=True):
        job_id = put(conn)

    assert find(conn, job_id) is None


def test_a_unique_key_answers_the_job_that_waits(conn):
    assert put(conn, unique_key="dolly") == put(conn, unique_key="dolly")
    assert put(conn, unique_key="molly") != put(conn, unique_key="dolly")


def test_a_unique_key_answers_the_job_that_runs_and_is_free_when_it_has_ended(conn):
    first = put(conn, unique_key="dolly")
    job = take(conn)
    assert put(conn, unique_key="dolly") == first

    complete(conn, job)

    assert put(conn, unique_key="dolly") != first


def test_a_unique_key_rolls_back_with_its_job(conn):
    with conn.transaction(force_rollback=True):
        lost = put(conn, unique_key="dolly")

    assert put(conn, unique_key="dolly") != lost


def test_racing_callers_with_one_key_get_one_job(conn, connect):
    start = threading.Barrier(8)
    found: list[int] = []

    def race(own: psycopg.Connection) -> None:
        start.wait()
        found.append(put(own, unique_key="dolly"))

    threads = [threading.Thread(target=race, args=(connect(),)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(found) == 8
    assert len(set(found)) == 1
    assert len(claim(conn, QUEUE, limit=10)) == 1


def test_a_payload_over_the_limit_is_refused(conn):
    class Flock(CountSheep):
        names: str

    with pytest.raises(PayloadTooLarge, match="store it in the bucket"):
        enqueue(conn, Flock(names="x" * MAX_PAYLOAD_BYTES), tenant="farm")


@pytest.mark.parametrize("name", ["", "two words", "sheep/wool", "羊", "x" * 65])
def test_a_bad_queue_name_is_refused_where_it_is_declared(name):
    with pytest.raises(InvalidQueueName, match="letters, digits, '_' and '-'"):
        type("Bad", (Payload,), {"queue": name, "__annotations__": {}, "__module__": __name__})


def test_sql_refuses_a_bad_queue_name_too(conn):
    with pytest.raises(psycopg.errors.CheckViolation):
        conn.execute("select queue.declare('two words')")
