"""Jobs that are SQL go many in one transaction, and one bad job harms itself alone."""

from __future__ import annotations

import httpx
import pytest

from shared.queue.enqueue_many import NewJob, enqueue_many
from shared.queue.policy import change_policy
from tests.worker.handlers import clip_wool
from tests.worker.jobs import known, ledger, sentences


def put(conn, *jobs: tuple[str, str], **options: object) -> list[int]:
    payloads = [clip_wool.Payload(name=name, how=how) for name, how in jobs]
    return enqueue_many(conn, [NewJob(p, tenant="farm", **options) for p in payloads])


def test_all_of_a_batch_is_done_once(worker, conn):
    names = [f"sheep {n}" for n in range(2400)]
    put(conn, *((name, "well") for name in names))

    counts = worker.drain()

    assert (counts["claimed"], counts["completed"]) == (2400, 2400)
    assert sorted(name for name, _ in ledger(conn)) == sorted(names)
    transactions = conn.execute("select count(distinct xmin::text) from public.ledger").fetchone()
    assert transactions[0] < 15
    left = conn.execute("select count(*) from queue.drain").fetchone()
    assert left == (0,)


def test_one_that_fails_harms_itself_alone(worker, conn):
    well, bad, hopeless, last = put(
        conn, ("a", "well"), ("b", "badly"), ("c", "hopelessly"), ("d", "well"), max_attempts=1
    )

    counts = worker.drain()

    assert (counts["completed"], counts["buried"]) == (2, 2)
    assert [name for name, _ in ledger(conn)] == ["a", "d"]
    assert {known(conn, job_id).state for job_id in (well, last)} == {"completed"}
    assert sentences(known(conn, bad)) == ["The work failed unexpectedly (DivisionByZero)."]
    assert sentences(known(conn, hopeless)) == ["This sheep has no wool."]


def test_one_that_fails_among_many_is_charged_alone(worker, conn):
    jobs = put(conn, *((f"sheep {n}", "badly" if n == 700 else "well") for n in range(1500)))

    counts = worker.drain()

    assert counts["completed"] == len(ledger(conn)) == 1499
    spent = conn.execute("select id, attempts from queue.job").fetchall()
    assert spent == [(jobs[700], counts["retried"])]
    charged = conn.execute("select distinct attempts from queue.history").fetchall()
    assert charged == [(1,)]


def test_many_are_taken_and_few_are_leased(worker, conn):
    put(conn, *((f"sheep {n}", "observed") for n in range(300)))

    worker.drain()

    notes = [note for _, note in ledger(conn)]
    assert (notes.count("leased"), notes.count("taken")) == (1 + 4, 295)


def test_after_a_drain_has_died_jobs_go_one_by_one(worker, conn):
    conn.execute(
        "insert into queue.drain (seen_at, until, batching)"
        " values (clock_timestamp() - interval '1 min', clock_timestamp(), '{clip_wool}')"
    )
    put(conn, *((f"sheep {n}", "observed") for n in range(300)))

    try:
        worker.drain()
    finally:
        conn.execute("truncate queue.drain")

    assert {note for _, note in ledger(conn)} == {"leased"}
    transactions = conn.execute("select count(distinct xmin::text) from public.ledger").fetchone()
    assert transactions == (300,)


def test_one_that_kills_its_worker_is_buried_alone(start_worker, conn):
    sheep = put(conn, *((f"sheep {n}", "well") for n in range(40)), max_attempts=2)
    (deadly,) = put(conn, ("wolf", "deadly"), max_attempts=2)
    sheep += put(conn, *((f"lamb {n}", "well") for n in range(40)), max_attempts=2)
    with start_worker(20) as doomed:
        for _ in range(3):  # once in a batch, where nobody is charged, then twice by itself
            with pytest.raises(httpx.TransportError):
                doomed.drain()
            conn.execute("update queue.lease set expires_at = '-infinity'")
            conn.execute("update queue.drain set seen_at = seen_at - interval '1 min'")
        counts = doomed.drain()

    assert counts["buried"] == 1
    assert known(conn, deadly).state == "buried"
    assert {known(conn, job_id).attempts for job_id in sheep} == {1}
    assert len(ledger(conn)) == len(set(ledger(conn))) == 80


def test_a_queue_with_a_cap_goes_by_lease(worker, conn):
    change_policy(conn, "clip_wool", max_running=50)
    put(conn, *((f"sheep {n}", "observed") for n in range(300)))

    try:
        counts = worker.drain()
    finally:
        change_policy(conn, "clip_wool", lift=("max_running",))

    assert counts["completed"] == 300
    assert {note for _, note in ledger(conn)} == {"leased"}


def test_one_that_was_cancelled_meanwhile_leaves_nothing(worker, conn):
    (job_id,) = put(conn, ("a", "cancelled"))

    counts = worker.drain()

    assert (counts["completed"], counts["cancelled"]) == (0, 1)
    assert ledger(conn) == []
    assert known(conn, job_id).state == "cancelled"


def test_what_was_claimed_and_never_begun_is_given_back_unspent(hasty_worker, conn):
    put(conn, *((f"sheep {n}", "slowly") for n in range(4000)))

    counts = hasty_worker.drain()

    assert counts["stoppedBecause"] == "budget"
    assert 0 < counts["completed"] == len(ledger(conn)) < 4000
    assert counts["remaining"] == 4000 - counts["completed"]
    left = conn.execute("select count(*), max(attempts) from queue.job").fetchone()
    assert left == (counts["remaining"], 0)
    assert conn.execute("select count(*) from queue.lease").fetchone() == (0,)
