from datetime import UTC, datetime, timedelta

import pytest

from shared.queue.claim import claim
from shared.queue.enqueue import enqueue
from shared.queue.enqueue_many import NewJob, enqueue_many
from shared.queue.policy import declare, weigh
from tests.postgres.jobs import ERROR, QUEUE, CountSheep, put, retry_now, take


def flood(conn, tenant: str, count: int, **options: object) -> list[int]:
    return enqueue_many(
        conn, [NewJob(CountSheep(), tenant=tenant, **options) for _ in range(count)]
    )


def claimed(conn, limit: int = 1000) -> list[str]:
    return [job.tenant for job in claim(conn, QUEUE, limit=limit)]


def test_a_newcomer_waits_behind_one_job_of_a_tenant_with_many(conn):
    flood(conn, "big", 500)
    assert claimed(conn, 10) == ["big"] * 10
    enqueue(conn, CountSheep(), tenant="new")

    assert "new" in claimed(conn, 2)


def test_tenants_take_turns_whoever_came_first(conn):
    flood(conn, "a", 50)
    flood(conn, "b", 50)
    flood(conn, "c", 50)

    order = claimed(conn)
    assert all(set(order[n : n + 3]) == {"a", "b", "c"} for n in range(0, 150, 3))


def test_weights_decide_the_shares(conn):
    weigh(conn, "double", 2)
    flood(conn, "double", 200)
    flood(conn, "single", 200)

    first = claimed(conn, 90)
    assert first.count("double") == pytest.approx(60, abs=1)


def test_a_costly_job_takes_as_long_a_turn_as_it_costs(conn):
    flood(conn, "heavy", 20, cost=10)
    flood(conn, "light", 200)

    first = claimed(conn, 110)
    assert first.count("heavy") == pytest.approx(10, abs=1)


def test_a_tenant_cannot_push_by_calling_everything_urgent(conn):
    flood(conn, "pushy", 1000, priority=-1)
    flood(conn, "patient", 100)

    first = claimed(conn, 300)
    assert first.count("patient") == pytest.approx(100, abs=2)


def test_an_unimportant_job_is_reached_in_the_end(conn):
    enqueue(conn, CountSheep(), tenant="farm", priority=1)
    seen = 0
    while True:
        flood(conn, "farm", 10)
        jobs = claim(conn, QUEUE, limit=10)
        seen += len(jobs)
        if any(job.tenant == "farm" and job.id == 1 for job in jobs):
            break
        assert seen < 300


def test_a_straggler_below_the_mark_is_not_stranded(conn, connect):
    declare(conn, QUEUE)
    slow = connect()
    with slow.transaction():
        late = put(slow)
        flood(conn, "farm", 400)
        assert len(claim(conn, QUEUE, limit=400)) == 400
        flood(conn, "farm", 400)
        assert len(claim(conn, QUEUE, limit=300)) == 300

    assert late in [job.id for job in claim(conn, QUEUE, limit=1, sweep=True)]


def test_a_delayed_job_gets_its_place_when_it_is_due(conn):
    soon = put(conn, run_at=datetime.now(UTC) + timedelta(hours=1))
    flood(conn, "farm", 5)
    conn.execute("update queue.job set due_at = clock_timestamp() where id = %s", [soon])

    assert len(claim(conn, QUEUE, limit=10)) == 6


def test_a_retried_job_goes_next(conn):
    first = put(conn)
    flood(conn, "farm", 50)
    job = take(conn)
    assert job.id == first
    retry_now(conn, job, ERROR)

    assert claim(conn, QUEUE, limit=2)[0].id == first


def test_bulk_jobs_come_in_their_order_with_their_options(conn):
    ids = enqueue_many(
        conn,
        [
            NewJob(CountSheep(sheep=n), tenant="farm", subject=f"s{n}", unique_key=key)
            for n, key in enumerate(["b", None, "a", "b", None])
        ],
    )

    assert ids[0] == ids[3]
    assert len(set(ids)) == 4
    jobs = {job.id: job for job in claim(conn, QUEUE, limit=10)}
    assert [jobs[ids[n]].payload["sheep"] for n in (0, 1, 2, 4)] == [0, 1, 2, 4]
    assert jobs[ids[4]].subject == "s4"
