import threading
from datetime import timedelta

import psycopg
import pytest

from shared.errors import UnknownQueue
from shared.queue.claim import claim
from shared.queue.complete import complete
from shared.queue.enqueue_many import NewJob, enqueue_many
from shared.queue.policy import change_policy, declare, policy_of
from tests.postgres.jobs import QUEUE, CountSheep, put, take


def flood(conn, tenant: str, count: int) -> list[int]:
    return enqueue_many(conn, [NewJob(CountSheep(), tenant=tenant) for _ in range(count)])


def test_a_queue_never_runs_more_than_its_cap(conn):
    flood(conn, "farm", 10)
    change_policy(conn, QUEUE, max_running=3)

    first = claim(conn, QUEUE, limit=10)
    assert len(first) == 3
    assert claim(conn, QUEUE, limit=10) == []
    complete(conn, first[0])
    assert len(claim(conn, QUEUE, limit=10)) == 1


def test_a_tenant_at_its_cap_does_not_hold_up_the_others(conn):
    flood(conn, "big", 100)
    flood(conn, "small", 2)
    change_policy(conn, QUEUE, max_running_per_tenant=2)

    assert sorted(job.tenant for job in claim(conn, QUEUE, limit=10)) == ["big"] * 2 + ["small"] * 2
    assert claim(conn, QUEUE, limit=10) == []


def test_racing_claims_do_not_exceed_a_cap(conn, connect):
    flood(conn, "a", 40)
    flood(conn, "b", 40)
    change_policy(conn, QUEUE, max_running=10, max_running_per_tenant=6)
    start = threading.Barrier(6)
    taken: list[str] = []

    def race(own: psycopg.Connection) -> None:
        start.wait()
        for _ in range(5):
            taken.extend(job.tenant for job in claim(own, QUEUE, limit=2))

    threads = [threading.Thread(target=race, args=(connect(),)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(taken) == 10
    assert max(taken.count("a"), taken.count("b")) <= 6


def test_a_rate_lets_so_many_start_and_drips_on(conn):
    flood(conn, "farm", 20)
    change_policy(conn, QUEUE, rate=4, rate_period=timedelta(minutes=1))

    assert len(claim(conn, QUEUE, limit=10)) == 4
    assert claim(conn, QUEUE, limit=10) == []
    conn.execute("update queue.rate set filled_at = filled_at - interval '31 seconds'")
    assert len(claim(conn, QUEUE, limit=10)) == 2


def test_a_paused_queue_gives_nothing_until_it_is_resumed(conn):
    put(conn)
    change_policy(conn, QUEUE, paused=True)
    assert claim(conn, QUEUE) == []

    change_policy(conn, QUEUE, paused=False)
    assert len(claim(conn, QUEUE)) == 1


def test_a_limit_can_be_lifted(conn):
    flood(conn, "farm", 5)
    change_policy(conn, QUEUE, max_running=1)
    policy = change_policy(conn, QUEUE, lift=("max_running",))

    assert policy.max_running is None
    assert not policy.capped
    assert len(claim(conn, QUEUE, limit=5)) == 5


def test_a_policy_decides_over_lease_and_attempts(conn):
    declare(conn, QUEUE)
    change_policy(conn, QUEUE, lease=timedelta(seconds=7), max_attempts=2)
    put(conn)

    job = take(conn)
    assert (job.policy.lease, job.max_attempts) == (timedelta(seconds=7), 2)


def test_an_unknown_queue_has_no_policy(conn):
    assert policy_of(conn, "nowhere") is None
    with pytest.raises(UnknownQueue, match="nowhere"):
        change_policy(conn, "nowhere", paused=True)


def test_queues_that_are_declared_at_once_are_declared_once(conn, connect):
    start = threading.Barrier(4)

    def race(own: psycopg.Connection) -> None:
        start.wait()
        put(own)

    threads = [threading.Thread(target=race, args=(connect(),)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(claim(conn, QUEUE, limit=9)) == 4
