from datetime import UTC, datetime, timedelta

import pytest

from shared.queue import search as searching
from shared.queue.bury import bury
from shared.queue.cancel import cancel
from shared.queue.claim import claim
from shared.queue.complete import complete
from shared.queue.enqueue import enqueue
from shared.queue.enqueue_many import NewJob, enqueue_many
from shared.queue.retry import retry
from shared.queue.search import Found, Wanted, known, search
from tests.postgres.jobs import ERROR, MINUTE, QUEUE, CountSheep, ShearSheep, put, take


def flock(conn) -> dict[str, int]:
    """One job in each state."""
    jobs = {}
    for state in ("completed", "buried", "retrying", "running", "cancelling"):
        jobs[state] = put(conn)
        job = take(conn)
        if state == "completed":
            complete(conn, job)
        elif state == "buried":
            bury(conn, job, ERROR)
        elif state == "retrying":
            retry(conn, job, ERROR, delay=MINUTE)
        elif state == "cancelling":
            cancel(conn, job.id)
    jobs["scheduled"] = put(conn, run_at=datetime.now(UTC) + MINUTE)
    jobs["cancelled"] = put(conn)
    cancel(conn, jobs["cancelled"])
    jobs["waiting"] = put(conn)
    return jobs


def pages(conn, wanted: Wanted, *, limit: int) -> list[int]:
    """All that match, page by page."""
    found, before = [], None
    while True:
        page = search(conn, wanted, before=before, limit=limit)
        assert len(page.ids) <= limit
        found += page.ids
        if page.next_before is None:
            return found
        assert before is None or page.next_before < before
        before = page.next_before


@pytest.fixture(params=[10_000, 3])
def window(request, monkeypatch):
    """A usual one, and one that ends in the middle of everything."""
    monkeypatch.setattr(searching, "WINDOW", request.param)


@pytest.mark.usefixtures("window")
def test_every_state_has_its_jobs_and_no_state_has_all(conn):
    jobs = flock(conn)

    for state, job in jobs.items():
        assert pages(conn, Wanted(states=frozenset({state})), limit=5) == [job], state
    assert pages(conn, Wanted(), limit=3) == sorted(jobs.values(), reverse=True)
    of_the_tenant = pages(conn, Wanted(tenant="farm"), limit=3)
    assert of_the_tenant == sorted(jobs.values(), reverse=True)


@pytest.mark.usefixtures("window")
def test_filters_leave_out_what_others_have(conn):
    enqueue_many(conn, [NewJob(CountSheep(), tenant="big") for _ in range(20)])
    mine = [enqueue(conn, ShearSheep(), tenant="small", subject="dolly")]
    enqueue_many(conn, [NewJob(CountSheep(), tenant="big") for _ in range(20)])
    mine += enqueue_many(conn, [NewJob(ShearSheep(), tenant="small") for _ in range(5)])
    mine.reverse()

    assert pages(conn, Wanted(tenant="small"), limit=2) == mine
    assert pages(conn, Wanted(queue=ShearSheep.queue), limit=2) == mine
    assert pages(conn, Wanted(subject="dolly"), limit=2) == mine[-1:]
    assert pages(conn, Wanted(subject="dolly", tenant="big"), limit=2) == []
    both = Wanted(queue=QUEUE, tenant="small", states=frozenset({"waiting"}))
    assert pages(conn, both, limit=2) == []
    assert len(pages(conn, Wanted(tenant="big"), limit=7)) == 40


def test_a_tenants_few_are_on_the_first_page_however_many_others_have(conn, monkeypatch):
    monkeypatch.setattr(searching, "WINDOW", 3)
    mine = put(conn)
    enqueue_many(conn, [NewJob(CountSheep(), tenant="big") for _ in range(20)])

    assert search(conn, Wanted(tenant="farm"), before=None, limit=5).ids == [mine]


def test_a_page_ends_where_it_has_looked_enough(conn, monkeypatch):
    monkeypatch.setattr(searching, "WINDOW", 3)
    monkeypatch.setattr(searching, "_PASSES", 2)
    mine = enqueue(conn, ShearSheep(), tenant="small")
    complete(conn, *claim(conn, ShearSheep.queue))
    for _ in range(8):
        put(conn)
        complete(conn, take(conn))
    wanted = Wanted(queue=ShearSheep.queue)

    first = search(conn, wanted, before=None, limit=5)
    assert (first.ids, first.next_before) == ([], mine + 3)
    assert search(conn, wanted, before=first.next_before, limit=5) == Found([mine], None)


def test_a_delayed_job_that_is_due_waits(conn):
    job = put(conn, run_at=datetime.now(UTC) + timedelta(milliseconds=1))
    conn.execute("update queue.job set due_at = clock_timestamp() - interval '1 s'")

    assert search(conn, Wanted(states=frozenset({"waiting"})), before=None, limit=5).ids == [job]


def test_known_jobs_come_whole_and_newest_first(conn):
    jobs = flock(conn)

    found = known(conn, [*jobs.values(), 10**9])

    assert [job.id for job in found] == sorted(jobs.values(), reverse=True)
    assert {job.state for job in found} == {*jobs} - {"cancelling"}
