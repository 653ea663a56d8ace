from shared.queue.checkpoint import checkpoint
from shared.queue.find import find
from shared.queue.release import MOST_INTERRUPTIONS, release
from tests.postgres.jobs import put, take


def test_a_released_job_resumes_at_its_checkpoint(conn):
    put(conn)
    job = take(conn)
    checkpoint(conn, job, {"row": 7}, done=7)
    release(conn, job)

    assert take(conn).checkpoint == {"row": 7}


def test_an_attempt_that_advanced_the_checkpoint_is_refunded(conn):
    put(conn, max_attempts=1)
    for row in range(1, 4):
        job = take(conn)
        assert job.attempts == 1
        checkpoint(conn, job, {"row": row}, done=row)
        assert release(conn, job)


def test_an_attempt_that_got_nowhere_stays_spent(conn):
    put(conn)
    job = take(conn)
    checkpoint(conn, job, {"row": 7}, done=7)
    release(conn, job)

    stuck = take(conn)
    checkpoint(conn, stuck, {"row": 7}, done=7)
    assert not release(conn, stuck)
    assert take(conn).attempts == 2


def test_a_job_that_was_never_started_is_refunded(conn):
    job_id = put(conn)
    assert release(conn, take(conn), started=False)

    assert find(conn, job_id).attempts == 0


def test_interruptions_are_excused_twenty_times(conn):
    put(conn, max_attempts=50)
    for _ in range(MOST_INTERRUPTIONS):
        assert release(conn, take(conn), interrupted=True)

    job = take(conn)
    assert job.attempts == 1
    assert not release(conn, job, interrupted=True)
    assert take(conn).attempts == 2
