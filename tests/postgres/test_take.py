"""Jobs that are taken: their transaction is their lease."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from shared.queue.batch import fan_out, find_batch
from shared.queue.claim import claim
from shared.queue.enqueue import enqueue
from shared.queue.enqueue_many import NewJob, enqueue_many
from shared.queue.find import find
from shared.queue.policy import change_policy
from shared.queue.take import take
from tests.postgres.jobs import QUEUE, CountSheep


def put(conn, many: int, **options: object) -> list[int]:
    return enqueue_many(conn, [NewJob(CountSheep(), tenant="farm", **options) for _ in range(many)])


def state(conn, job_id: int) -> str:
    found = find(conn, job_id)
    assert found is not None
    return found.state


def test_what_is_taken_is_completed_by_the_commit(conn):
    jobs = put(conn, 3)

    with conn.transaction():
        taken = take(conn, QUEUE, limit=2, worked=timedelta(seconds=3))
        assert [job.id for job in taken] == jobs[:2]
        assert CountSheep.model_validate_json(taken[0].payload) == CountSheep()

    assert [state(conn, job_id) for job_id in jobs] == ["completed", "completed", "waiting"]
    done = find(conn, jobs[0])
    assert (done.attempts, done.worked) == (1, timedelta(seconds=3))
    assert conn.execute("select count(*) from queue.lease").fetchone() == (0,)


def test_a_rolled_back_transaction_has_taken_nothing(conn):
    jobs = put(conn, 300)

    with conn.transaction(force_rollback=True):
        assert len(take(conn, QUEUE, limit=200)) == 200

    claimed = claim(conn, QUEUE, limit=300)
    assert sorted(job.id for job in claimed) == jobs
    assert {job.attempts for job in claimed} == {1}


def test_two_takers_share_the_jobs(conn, connect):
    put(conn, 4)
    other = connect()

    with conn.transaction(), other.transaction():
        mine = {job.id for job in take(conn, QUEUE, limit=2)}
        theirs = {job.id for job in take(other, QUEUE, limit=4)}

    assert len(mine) == len(theirs) == 2
    assert mine.isdisjoint(theirs)


@pytest.mark.parametrize(
    "change",
    [{"paused": True}, {"max_running": 9}, {"max_running_per_tenant": 9}, {"rate": 9}],
    ids=str,
)
def test_a_queue_that_is_limited_gives_nothing(conn, change):
    put(conn, 1)
    change_policy(conn, QUEUE, **change)

    with conn.transaction():
        assert take(conn, QUEUE, limit=1) == []


def test_a_newer_payload_is_left_alone(conn):
    put(conn, 1)
    conn.execute("update queue.job set payload_version = 2")

    with conn.transaction():
        assert take(conn, QUEUE, limit=1) == []
        assert len(take(conn, QUEUE, limit=1, version=2, sweep=True)) == 1


def test_the_last_of_a_batch_brings_what_follows(conn):
    batch = fan_out(conn, [CountSheep(), CountSheep()], tenant="farm", then=CountSheep())

    with conn.transaction():
        assert len(take(conn, QUEUE, limit=2)) == 2

    found = find_batch(conn, batch)
    assert (found.pending, found.failed) == (0, 0)
    with conn.transaction():
        assert len(take(conn, QUEUE, limit=2, sweep=True)) == 1


@pytest.mark.parametrize("hold", ["unended", "waiting"])
def test_its_key_is_free_again(conn, hold):
    first = enqueue(conn, CountSheep(), tenant="farm", unique_key="dolly", unique_while=hold)

    with conn.transaction():
        take(conn, QUEUE, limit=1)

    second = enqueue(conn, CountSheep(), tenant="farm", unique_key="dolly")
    assert second != first


def test_a_key_for_a_time_stays_held(conn):
    hour = timedelta(hours=1)
    first = enqueue(conn, CountSheep(), tenant="farm", unique_key="dolly", unique_while=hour)

    with conn.transaction():
        take(conn, QUEUE, limit=1)

    assert enqueue(conn, CountSheep(), tenant="farm", unique_key="dolly") == first


def test_a_sweep_lets_in_what_is_due(conn):
    (job_id,) = put(conn, 1, run_at=datetime.now(UTC) + timedelta(hours=1))
    conn.execute("update queue.job set due_at = clock_timestamp()")

    with conn.transaction():
        assert take(conn, QUEUE, limit=1) == []
        assert [job.id for job in take(conn, QUEUE, limit=1, sweep=True)] == [job_id]


def test_the_callers_statements_are_planned_as_usual(conn):
    put(conn, 1)

    with conn.transaction():
        before = conn.execute("select current_setting('enable_seqscan'), current_setting('jit')")
        usual = before.fetchone()
        take(conn, QUEUE, limit=1)
        now = conn.execute("select current_setting('enable_seqscan'), current_setting('jit')")
        assert now.fetchone() == usual
