"""A drain ends when its time is up, and nothing that was checkpointed is done again."""

import httpx

from shared.queue.explain import why_waiting
from tests.worker.conftest import SHORT_BUDGET_SECONDS
from tests.worker.jobs import known, ledger, put_sheep, put_trouble, sentences

MARGIN_SECONDS = 1.5
"""For the database and for a busy machine."""


def test_a_job_that_checkpoints_is_released_and_resumed(hasty_worker, worker, conn, signs):
    job_id = put_sheep(conn, signs, sheep=4, gate=2)

    counts = hasty_worker.drain()

    assert (counts["released"], counts["remaining"]) == (1, 1)
    assert counts["stoppedBecause"] == "budget"
    assert counts["elapsedSeconds"] < SHORT_BUDGET_SECONDS + MARGIN_SECONDS
    job = known(conn, job_id)
    assert (job.state, job.attempts, sentences(job)) == ("waiting", 0, [])
    assert ledger(conn) == []

    signs.open_the_gate()
    assert worker.drain()["completed"] == 1
    assert signs.counted() == [0, 1, 2, 3]
    assert ledger(conn) == [("a count", "4 sheep")]
    assert known(conn, job_id).attempts == 1


def test_a_job_that_asks_nobody_is_ended_and_waits_for_the_long_lane(hasty_worker, conn, signs):
    job_id = put_trouble(conn, signs, "hear_nothing", max_attempts=1)

    before = hasty_worker.server().cpu_times()
    counts = hasty_worker.drain()
    after = hasty_worker.server().cpu_times()

    assert counts["setAside"] == 1
    assert counts["elapsedSeconds"] < SHORT_BUDGET_SECONDS + MARGIN_SECONDS
    assert after.user + after.system - before.user - before.system < 1.0
    assert known(conn, job_id).attempts == 0
    assert "long lane" in str(why_waiting(conn, known(conn, job_id)))
    assert hasty_worker.job_folders() == []
    assert hasty_worker.drain()["claimed"] == 0


def test_a_job_that_no_drain_is_long_enough_for_ends_in_the_dead_letter(hasty_worker, conn, signs):
    job_id = put_sheep(conn, signs, gate=0, max_attempts=2)

    assert hasty_worker.drain()["released"] == 1
    assert known(conn, job_id).attempts == 1
    assert hasty_worker.drain()["buried"] == 1

    job = known(conn, job_id)
    assert (job.state, job.attempts) == ("buried", 2)
    [sentence] = sentences(job)
    assert sentence == (
        "The time of a drain was up before this got anywhere, and it has no attempt left."
    )


def test_the_caller_may_say_how_long_it_waits(worker, conn, signs):
    put_sheep(conn, signs, gate=1)

    counts = worker.drain(caller_waits="6")

    assert (counts["released"], counts["stoppedBecause"]) == (1, "budget")
    assert counts["elapsedSeconds"] < 6


def test_a_time_that_is_none_is_refused(worker):
    answer = httpx.post(worker.url, headers={"x-request-timeout-seconds": "soon"})

    assert answer.status_code == 400
    assert "number of seconds" in answer.json()["error"]
