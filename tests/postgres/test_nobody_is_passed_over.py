"""Jobs that did not come by a plain enqueue have their place in the line, too."""

from datetime import UTC, datetime, timedelta

from shared.queue.bury import bury
from shared.queue.claim import claim
from shared.queue.complete import complete
from shared.queue.enqueue import enqueue
from shared.queue.enqueue_many import NewJob, enqueue_many
from shared.queue.policy import change_policy
from shared.queue.requeue import requeue
from tests.postgres.jobs import ERROR, QUEUE, CountSheep, put, take


def flood(conn, tenant: str, count: int) -> list[int]:
    return enqueue_many(conn, [NewJob(CountSheep(), tenant=tenant) for _ in range(count)])


def buried(conn) -> int:
    job_id = put(conn, max_attempts=1)
    bury(conn, take(conn), ERROR)
    return job_id


def test_what_comes_after_a_job_that_is_brought_back_stays_behind_its_tenants_others(conn):
    back = buried(conn)
    flood(conn, "farm", 10)
    assert requeue(conn, back)
    late = put(conn)

    assert [job.id for job in claim(conn, QUEUE, limit=20)][-1] == late


def test_a_job_that_is_brought_back_goes_next_where_tenants_have_a_cap(conn):
    back = buried(conn)
    flood(conn, "farm", 10)
    change_policy(conn, QUEUE, max_running_per_tenant=3)
    assert requeue(conn, back)

    assert [job.id for job in claim(conn, QUEUE, limit=1)] == [back]


def test_a_stream_of_urgent_jobs_holds_nobody_up_for_ever(conn):
    patient = enqueue(conn, CountSheep(), tenant="patient")
    for _ in range(110):
        enqueue(conn, CountSheep(), tenant="pushy", priority=-1)
        job = take(conn)
        if job.id == patient:
            break
        complete(conn, job)

    assert job.id == patient


def test_a_delayed_job_is_reached_while_the_queue_is_busy(conn):
    flood(conn, "farm", 50)
    soon = enqueue(
        conn, CountSheep(), tenant="other", run_at=datetime.now(UTC) + timedelta(hours=1)
    )
    conn.execute("update queue.job set due_at = clock_timestamp() where id = %s", [soon])

    assert soon in [job.id for job in claim(conn, QUEUE, limit=10, sweep=True)]
