from datetime import timedelta

import pytest

from shared.errors import DuplicateJob
from shared.queue.complete import complete
from tests.postgres.jobs import put, take


def test_a_key_may_be_held_only_while_its_job_waits(conn):
    first = put(conn, unique_key="dolly", unique_while="waiting")
    assert put(conn, unique_key="dolly", unique_while="waiting") == first
    take(conn)

    second = put(conn, unique_key="dolly", unique_while="waiting")
    assert second != first


def test_the_job_that_gave_its_key_up_does_not_take_it_from_its_successor(conn):
    put(conn, unique_key="dolly", unique_while="waiting")
    job = take(conn)
    second = put(conn, unique_key="dolly", unique_while="waiting")
    complete(conn, job)

    assert put(conn, unique_key="dolly", unique_while="waiting") == second


def test_a_key_may_be_held_for_a_time_whatever_becomes_of_its_job(conn):
    hour = timedelta(hours=1)
    first = put(conn, unique_key="dolly", unique_while=hour)
    complete(conn, take(conn))
    assert put(conn, unique_key="dolly", unique_while=hour) == first

    conn.execute("update queue.unique_key set until = clock_timestamp()")
    assert put(conn, unique_key="dolly", unique_while=hour) != first


def test_a_duplicate_can_be_refused(conn):
    first = put(conn, unique_key="dolly")

    with pytest.raises(DuplicateJob, match="dolly") as refused:
        put(conn, unique_key="dolly", refuse_duplicate=True)
    assert refused.value.job_id == first
