"""A drain ends when its time is up, and nothing that was checkpointed is done again."""

from tests.worker.conftest import SHORT_BUDGET_SECONDS
from tests.worker.jobs import known, ledger, put_sheep, put_trouble, sentences

GRACE_SECONDS = 5.0
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


def test_a_job_that_asks_nobody_is_ended_after_the_grace(hasty_worker, conn, signs):
    job_id = put_trouble(conn, signs, "hear_nothing")

    before = hasty_worker.server().cpu_times()
    counts = hasty_worker.drain()
    after = hasty_worker.server().cpu_times()

    assert counts["released"] == 1
    overrun = counts["elapsedSeconds"] - SHORT_BUDGET_SECONDS
    assert GRACE_SECONDS - 0.5 < overrun < GRACE_SECONDS + MARGIN_SECONDS
    assert after.user + after.system - before.user - before.system < 1.0
    assert known(conn, job_id).attempts == 1
    assert hasty_worker.job_folders() == []


def test_a_job_that_no_drain_is_long_enough_for_ends_in_the_dead_letter(hasty_worker, conn, signs):
    job_id = put_sheep(conn, signs, gate=0, max_attempts=2)

    assert hasty_worker.drain()["released"] == 1
    assert known(conn, job_id).attempts == 1
    assert hasty_worker.drain()["buried"] == 1

    job = known(conn, job_id)
    assert (job.state, job.attempts) == ("buried", 2)
    assert sentences(job) == ["The time of one drain was too short for this, again and again."]
