from datetime import UTC, datetime, timedelta

from shared.queue.explain import why_waiting
from shared.queue.find import find
from shared.queue.policy import change_policy
from shared.queue.retry import retry
from tests.postgres.jobs import ERROR, MINUTE, QUEUE, put, take


def why(conn, job_id: int) -> str | None:
    return why_waiting(conn, find(conn, job_id))


def test_a_job_waits_for_those_before_it(conn):
    jobs = [put(conn) for _ in range(3)]

    assert why(conn, jobs[0]) == "It is next: a worker takes it at its next look."
    assert why(conn, jobs[1]) == "One job goes before it."
    assert why(conn, jobs[2]) == "2 jobs go before it."


def test_a_job_waits_for_its_time(conn):
    later = put(conn, run_at=datetime(2100, 1, 2, 3, 4, 5, tzinfo=UTC))
    failed = put(conn)
    retry(conn, take(conn), ERROR, delay=MINUTE)

    assert why(conn, later) == "It is to start at 2100-01-02 03:04:05 UTC."
    assert "Its last attempt failed" in why(conn, failed)


def test_a_job_waits_for_its_queue(conn):
    put(conn)
    job = put(conn)
    change_policy(conn, QUEUE, paused=True)
    assert why(conn, job) == "The queue count_sheep is paused."

    change_policy(conn, QUEUE, paused=False, max_running=1)
    take(conn)
    assert why(conn, job) == "The queue runs 1 job at once, which is its limit."

    change_policy(conn, QUEUE, lift=("max_running",), max_running_per_tenant=1)
    assert why(conn, job) == "The queue runs 1 job of farm, the limit for one tenant."


def test_a_rate_is_a_reason_once_it_is_spent(conn):
    put(conn)
    job = put(conn)
    change_policy(conn, QUEUE, rate=1, rate_period=timedelta(hours=1))
    assert why(conn, job) == "One job goes before it."

    take(conn)
    assert why(conn, job) == "The queue starts at most 1 job in 3600 s, and has done so."


def test_a_job_that_runs_waits_for_nothing(conn):
    job = put(conn)
    take(conn)

    assert why(conn, job) is None
