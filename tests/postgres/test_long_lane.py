"""The long lane: out of the way of every claim, and claimed by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shared.errors import LeaseLost
from shared.queue.cancel import cancel
from shared.queue.claim import claim
from shared.queue.complete import complete
from shared.queue.depth import depth
from shared.queue.explain import why_waiting
from shared.queue.find import find
from shared.queue.long_lane import claim_long, set_aside
from shared.queue.recover import recover
from shared.queue.release import release
from shared.queue.retry import retry
from tests.postgres.jobs import ERROR, MINUTE, QUEUE, put, take


def aside(conn) -> int:
    job_id = put(conn)
    set_aside(conn, take(conn))
    return job_id


def test_what_is_set_aside_is_out_of_every_claims_way(conn):
    job_id = aside(conn)

    assert claim(conn, QUEUE, sweep=True) == []
    assert depth(conn, [QUEUE]) == 0
    found = find(conn, job_id)
    assert (found.state, found.attempts) == ("waiting", 0)
    assert "long lane" in why_waiting(conn, found)


def test_its_own_claim_finds_it_once(conn, connect):
    job_id = aside(conn)
    other = connect()

    with conn.transaction():
        (job,) = claim_long(conn, QUEUE)
        assert claim_long(other, QUEUE) == []
    assert (job.id, job.attempts) == (job_id, 1)
    complete(conn, job)
    assert find(conn, job_id).state == "completed"


@pytest.mark.parametrize("way", ["release", "retry", "recover"])
def test_what_comes_back_from_it_stays_in_it(conn, way):
    job_id = aside(conn)
    (job,) = claim_long(conn, QUEUE)
    match way:
        case "release":
            release(conn, job)
        case "retry":
            retry(conn, job, ERROR, delay=MINUTE)
            assert claim_long(conn, QUEUE) == []
            conn.execute("update queue.job set due_at = clock_timestamp()")
        case "recover":
            conn.execute("update queue.lease set expires_at = '-infinity'")
            with conn.transaction():
                recover(conn)

    assert claim(conn, QUEUE, sweep=True) == []
    assert [again.id for again in claim_long(conn, QUEUE)] == [job_id]


def test_a_cancelled_one_is_gone(conn):
    job_id = aside(conn)

    assert cancel(conn, job_id) == "cancelled"
    assert claim_long(conn, QUEUE) == []


def test_only_the_holder_sets_aside(conn):
    put(conn)
    stale = take(conn, expired=True)
    with conn.transaction():
        recover(conn)

    with pytest.raises(LeaseLost):
        set_aside(conn, stale)


def test_a_claim_passes_over_what_costs_too_much(conn):
    jobs = {cost: put(conn, cost=cost) for cost in (5.0, 1.0, 50.0, 2.0)}

    claimed = claim(conn, QUEUE, limit=9, most_cost=2.0)

    assert {job.id for job in claimed} == {jobs[1.0], jobs[2.0]}
    rest = claim(conn, QUEUE, limit=9, sweep=True)
    assert {job.id for job in rest} == {jobs[5.0], jobs[50.0]}


def test_time_worked_is_kept(conn):
    job_id = put(conn)
    job = take(conn)
    conn.execute("update queue.lease set started_at = started_at - interval '1 min'")
    set_aside(conn, job)

    assert find(conn, job_id).worked > timedelta(seconds=59)
