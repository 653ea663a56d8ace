import pytest

from shared.errors import CancelRequested
from shared.queue.abandon import abandon
from shared.queue.cancel import cancel
from shared.queue.claim import claim
from shared.queue.complete import complete
from shared.queue.find import find
from shared.queue.heartbeat import heartbeat
from shared.queue.progress import Progress
from shared.queue.recover import recover
from tests.postgres.jobs import QUEUE, put, take


def test_a_waiting_job_is_cancelled_at_once(conn):
    job_id = put(conn, unique_key="dolly")

    assert cancel(conn, job_id) == "cancelled"
    assert find(conn, job_id).state == "cancelled"
    assert claim(conn, QUEUE) == []
    assert put(conn, unique_key="dolly") != job_id


def test_a_running_job_learns_of_it_at_its_next_heartbeat(conn):
    job_id = put(conn)
    job = take(conn)
    assert not heartbeat(conn, job, Progress())

    assert cancel(conn, job_id) == "cancelling"
    assert heartbeat(conn, job, Progress())

    abandon(conn, job)
    assert find(conn, job_id).state == "cancelled"


def test_cancelled_wins_over_completed(conn):
    job_id = put(conn)
    job = take(conn)
    cancel(conn, job_id)

    with pytest.raises(CancelRequested):
        complete(conn, job)
    assert find(conn, job_id).state == "running"


def test_a_cancelled_job_whose_worker_died_is_not_tried_again(conn):
    job_id = put(conn)
    take(conn, expired=True)
    cancel(conn, job_id)

    assert [job.id for job in recover(conn).cancelled] == [job_id]
    assert find(conn, job_id).state == "cancelled"


def test_there_is_nothing_to_cancel_when_it_has_ended(conn):
    job_id = put(conn)
    complete(conn, take(conn))

    assert cancel(conn, job_id) == "ended"
    assert cancel(conn, 12345) == "ended"
