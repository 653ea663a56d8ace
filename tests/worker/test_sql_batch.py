"""Jobs that are SQL go many in one transaction, and one bad job harms itself alone."""

from __future__ import annotations

from shared.queue.enqueue_many import NewJob, enqueue_many
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
    assert transactions == (3,)


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
