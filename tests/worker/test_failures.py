"""A job that fails costs itself an attempt, and nobody else anything."""

from datetime import datetime, timedelta

import pytest

from shared.queue.claim import claim
from shared.queue.policy import policy_of
from tests.worker.jobs import known, ledger, put_look, put_sheep, put_trouble, sentences

WAYS_TO_FAIL = {
    "raise_value_error": "The work failed unexpectedly (ValueError).",
    "leave": "The process that worked on this died (exit code 3).",
    "crash": "The process that worked on this died (SIGSEGV), perhaps over something unusual in the"
    " file. Saving the file anew may help.",
    "save_raises": "The result could not be saved (KeyError).",
    "return_something_else": "The result could not be saved (ValidationError).",
}


@pytest.mark.parametrize("how", WAYS_TO_FAIL)
def test_a_failed_attempt_is_told_in_a_sentence_and_retried(worker, conn, signs, how):
    job_id = put_trouble(conn, signs, how)

    counts = worker.drain()

    # The backoff may be next to nothing: then the same drain comes to the second attempt too.
    assert counts["retried"] == counts["claimed"] >= 1
    job = known(conn, job_id)
    assert job.state in ("retrying", "waiting")
    assert job.attempts == counts["claimed"]
    assert set(sentences(job)) == {WAYS_TO_FAIL[how]}
    failed_at = datetime.fromisoformat(job.errors[-1]["endedAt"])
    base = policy_of(conn, "misbehave").backoff_base
    assert timedelta(0) < job.due_at - failed_at < base * 2**job.attempts
    assert ledger(conn) == []
    assert worker.job_folders() == []


@pytest.mark.parametrize(
    "how", ["raise_value_error", "blame_the_file", "save_raises", "return_something_else"]
)
def test_the_trace_is_kept_for_operators(worker, conn, signs, how):
    job_id = put_trouble(conn, signs, how, max_attempts=1)
    worker.drain()

    (error,) = known(conn, job_id).errors
    assert "Traceback" in error["trace"]
    assert "Traceback" not in error["message"]


def test_the_last_attempt_ends_in_the_dead_letter_with_every_error(worker, conn, signs):
    job_id = put_trouble(conn, signs, "raise_value_error", max_attempts=2)
    worker.drain()
    conn.execute("update queue.job set due_at = clock_timestamp()")
    worker.drain()

    job = known(conn, job_id)
    assert (job.state, [error["attempt"] for error in job.errors]) == ("buried", [1, 2])


def test_a_handler_may_say_when_to_try_again(worker, conn, signs):
    job_id = put_trouble(conn, signs, "ask_for_a_minute")

    assert worker.drain()["retried"] == 1

    job = known(conn, job_id)
    assert (job.state, sentences(job)) == ("retrying", ["The shepherd is asleep."])
    delay = job.due_at - datetime.fromisoformat(job.errors[0]["endedAt"])
    assert timedelta(seconds=60) <= delay < timedelta(seconds=62)
    assert worker.drain()["claimed"] == 0


def test_what_can_never_go_well_is_buried_at_once(worker, conn, signs):
    job_id = put_trouble(conn, signs, "unrecoverable")

    assert worker.drain()["buried"] == 1

    job = known(conn, job_id)
    assert (job.state, job.attempts) == ("buried", 1)
    assert sentences(job) == ["This sheep is a goat."]


def test_the_drain_goes_on_with_the_next_job(worker, conn, signs):
    for how in WAYS_TO_FAIL:
        put_trouble(conn, signs, how, max_attempts=1)
    put_trouble(conn, signs, "behave")
    put_sheep(conn, signs)
    put_look(conn)

    counts = worker.drain()

    assert (counts["buried"], counts["completed"]) == (len(WAYS_TO_FAIL), 3)
    assert len(ledger(conn)) == 3


def test_a_lease_that_ran_out_costs_its_job_an_attempt(worker, conn, signs):
    job_id = put_sheep(conn, signs)
    claim(conn, "count_sheep")
    conn.execute("update queue.lease set expires_at = '-infinity'")

    assert worker.drain()["completed"] == 1
    job = known(conn, job_id)
    assert job.attempts == 2
    assert sentences(job) == ["The worker stopped answering while it worked on this."]
