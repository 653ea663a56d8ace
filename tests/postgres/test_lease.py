import pytest

from shared.errors import LeaseLost
from shared.queue.abandon import abandon
from shared.queue.bury import bury
from shared.queue.checkpoint import checkpoint
from shared.queue.claim import claim
from shared.queue.complete import complete
from shared.queue.find import find
from shared.queue.heartbeat import heartbeat
from shared.queue.progress import Progress
from shared.queue.recover import recover
from shared.queue.release import release
from shared.queue.retry import retry
from tests.postgres.jobs import ERROR, MINUTE, QUEUE, put, take

LATE_WRITES = {
    "heartbeat": lambda conn, job: heartbeat(conn, job, Progress()),
    "checkpoint": lambda conn, job: checkpoint(conn, job, {"row": 1}, done=1),
    "complete": complete,
    "abandon": abandon,
    "release": release,
    "retry": lambda conn, job: retry(conn, job, ERROR, delay=MINUTE),
    "bury": lambda conn, job: bury(conn, job, ERROR),
}


@pytest.mark.parametrize("write", LATE_WRITES.values(), ids=LATE_WRITES.keys())
def test_a_worker_that_was_replaced_changes_nothing(conn, write):
    job_id = put(conn)
    stale = take(conn, expired=True)
    recover(conn)
    fresh = take(conn)
    before = find(conn, job_id)

    with pytest.raises(LeaseLost):
        write(conn, stale)

    assert find(conn, job_id) == before
    assert fresh.fence > stale.fence
    complete(conn, fresh)


@pytest.mark.parametrize("write", LATE_WRITES.values(), ids=LATE_WRITES.keys())
def test_a_worker_whose_job_waits_for_another_changes_nothing(conn, write):
    job_id = put(conn)
    stale = take(conn, expired=True)
    recover(conn)

    with pytest.raises(LeaseLost):
        write(conn, stale)

    assert find(conn, job_id).state == "waiting"


def test_a_late_worker_that_nobody_replaced_may_complete(conn):
    job_id = put(conn)
    complete(conn, take(conn, expired=True))

    assert find(conn, job_id).state == "completed"


def test_a_heartbeat_renews_the_lease_and_publishes_progress(conn):
    job_id = put(conn)
    job = take(conn, expired=True)

    heartbeat(conn, job, Progress(phase="counting", done=3, total=9))

    assert recover(conn).retried == ()
    found = find(conn, job_id)
    assert (found.phase, found.done, found.total) == ("counting", 3, 9)


def test_recovery_passes_over_a_worker_that_is_completing_just_now(conn, connect):
    put(conn)
    job = take(conn, expired=True)
    slow = connect()
    with slow.transaction():
        complete(slow, job)
        assert recover(conn).retried == ()


def test_completion_waits_with_its_callers_transaction(conn, connect):
    job_id = put(conn)
    job = take(conn)
    other = connect()
    with other.transaction(force_rollback=True):
        complete(other, job)

    assert find(conn, job_id).state == "running"
    complete(conn, job)


def test_a_job_completes_once(conn):
    put(conn)
    job = take(conn)
    complete(conn, job)

    with pytest.raises(LeaseLost):
        complete(conn, job)
    assert conn.execute("select count(*) from queue.ended").fetchone() == (1,)
    assert claim(conn, QUEUE) == []


@pytest.mark.parametrize("table", ["job", "lease", "checkpoint", "unique_key"])
def test_a_completed_job_leaves_nothing_behind(conn, table):
    put(conn, unique_key="dolly")
    job = take(conn)
    checkpoint(conn, job, {"row": 1}, done=1)
    complete(conn, job)

    count = {
        name: conn.execute(f"select count(*) from queue.{name}").fetchone() for name in [table]
    }
    assert count == {table: (0,)}
