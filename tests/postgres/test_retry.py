from datetime import timedelta

from shared.queue.backoff import backoff
from shared.queue.bury import bury
from shared.queue.cancel import cancel
from shared.queue.claim import claim
from shared.queue.complete import complete
from shared.queue.find import find
from shared.queue.policy import declare, policy_of
from shared.queue.recover import recover
from shared.queue.requeue import requeue
from shared.queue.retry import retry
from tests.postgres.jobs import ERROR, MINUTE, QUEUE, put, take


def test_a_retried_job_waits_for_its_delay_with_its_error(conn):
    job_id = put(conn)
    retry(conn, take(conn), ERROR, delay=MINUTE)

    found = find(conn, job_id)
    assert found.state == "retrying"
    assert [error["message"] for error in found.errors] == [ERROR.message]
    assert claim(conn, QUEUE) == []


def test_a_retry_without_delay_is_due_at_once_and_keeps_its_attempts(conn):
    put(conn)
    retry(conn, take(conn), ERROR, delay=timedelta(0))

    assert take(conn).attempts == 2


def test_a_job_that_kills_its_worker_each_time_ends_in_the_dead_letter(conn):
    job_id = put(conn, max_attempts=3)
    for _ in range(2):
        take(conn, expired=True)
        assert [job.id for job in recover(conn).retried] == [job_id]
    take(conn, expired=True)

    assert [job.id for job in recover(conn).buried] == [job_id]
    found = find(conn, job_id)
    assert found.state == "buried"
    assert [error["attempt"] for error in found.errors] == [1, 2, 3]
    assert claim(conn, QUEUE) == []


def test_a_buried_job_can_be_brought_back_with_all_its_attempts(conn):
    job_id = put(conn, max_attempts=1)
    bury(conn, take(conn), ERROR)

    assert requeue(conn, job_id)
    job = take(conn)
    assert (job.id, job.attempts) == (job_id, 1)
    complete(conn, job)
    assert find(conn, job_id).state == "completed"


def test_a_cancelled_job_can_be_brought_back(conn):
    job_id = put(conn)
    cancel(conn, job_id)

    assert requeue(conn, job_id)
    assert take(conn).id == job_id


def test_a_completed_job_cannot_be_brought_back(conn):
    job_id = put(conn)
    complete(conn, take(conn))

    assert not requeue(conn, job_id)
    assert find(conn, job_id).state == "completed"


def test_backoff_doubles_up_to_its_cap_and_is_spread(conn):
    declare(conn, QUEUE)
    policy = policy_of(conn, QUEUE)

    assert all(backoff(policy, 1) <= policy.backoff_base for _ in range(50))
    assert max(backoff(policy, 4) for _ in range(200)) > 4 * policy.backoff_base
    assert max(backoff(policy, 1000) for _ in range(50)) <= policy.backoff_cap
    assert len({backoff(policy, 3) for _ in range(10)}) > 1
