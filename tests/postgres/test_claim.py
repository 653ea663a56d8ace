from datetime import UTC, datetime, timedelta

from shared.queue.claim import claim
from shared.queue.find import find
from tests.postgres.jobs import QUEUE, put


def test_a_tenants_jobs_come_in_their_order_but_for_priority(conn):
    first, second = put(conn), put(conn)
    later = put(conn, priority=1)
    urgent = put(conn, priority=-1)
    third = put(conn)

    assert [job.id for job in claim(conn, QUEUE, limit=9)] == [urgent, first, second, third, later]


def test_a_job_is_not_claimed_before_it_is_due(conn):
    job_id = put(conn, run_at=datetime.now(UTC) + timedelta(hours=1))

    assert claim(conn, QUEUE) == []
    assert find(conn, job_id).state == "scheduled"


def test_a_claimed_job_is_nobody_elses(conn):
    put(conn)
    claim(conn, QUEUE)

    assert claim(conn, QUEUE) == []


def test_claims_pass_over_what_another_is_taking(conn, connect):
    first, second = put(conn), put(conn)
    other = connect()
    with other.transaction():
        (theirs,) = claim(other, QUEUE)
        (ours,) = claim(conn, QUEUE)

    assert {theirs.id, ours.id} == {first, second}


def test_fences_only_grow(conn):
    for _ in range(3):
        put(conn)
    fences = [job.fence for job in claim(conn, QUEUE, limit=2) + claim(conn, QUEUE)]

    assert len(set(fences)) == 3
    assert max(fences[:2]) < fences[2]


def test_a_claim_charges_an_attempt(conn):
    put(conn)

    assert [job.attempts for job in claim(conn, QUEUE)] == [1]


def test_a_payload_newer_than_the_worker_is_left_alone(conn):
    put(conn)

    assert claim(conn, QUEUE, version=0) == []
    assert len(claim(conn, QUEUE, version=1)) == 1


def test_other_queues_are_left_alone(conn):
    put(conn)

    assert claim(conn, "shear_sheep") == []
