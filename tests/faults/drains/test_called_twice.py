"""A scheduler that delivers at least once, and so now and then twice."""

from __future__ import annotations

import pytest

from tests.faults.work import csv
from tests.worker.process import draining

pytestmark = pytest.mark.faults

ROUNDS = 3
SHEETS = 3
CLIPS = 400
FILE = csv(12_000)


def put_jobs(yard) -> int:
    for _ in range(SHEETS):
        yard.put_sheet(FILE)
    yard.put_clips(CLIPS)
    return SHEETS + CLIPS


def test_one_worker_answers_the_second_call_that_it_is_at_it(yard):
    worker = yard.worker()
    for _ in range(ROUNDS):
        jobs = put_jobs(yard)

        with draining(worker, worker) as calls:
            pass

        answers = {call.result()["stoppedBecause"]: call.result() for call in calls}
        assert answers.keys() == {"empty", "alreadyDraining"}
        assert answers["empty"]["completed"] == jobs
        assert answers["alreadyDraining"]["claimed"] == 0
        yard.assert_each_done_once()


def test_two_workers_share_the_jobs_of_a_call_that_comes_to_both(yard):
    workers = [yard.worker(), yard.worker()]
    for _ in range(ROUNDS):
        jobs = put_jobs(yard)

        with draining(*workers) as calls:
            pass

        answers = [call.result() for call in calls]
        assert [answer["stoppedBecause"] for answer in answers] == ["empty", "empty"]
        assert sum(answer["completed"] for answer in answers) == jobs
        yard.assert_each_done_once()


def test_two_calls_to_each_of_two_workers(yard):
    workers = [yard.worker(), yard.worker()]
    for _ in range(ROUNDS):
        jobs = put_jobs(yard)

        with draining(*workers, *workers) as calls:
            pass

        answers = [call.result() for call in calls]
        assert sum(answer["completed"] for answer in answers) == jobs
        assert sum(answer["claimed"] for answer in answers) == jobs
        assert "alreadyDraining" in {answer["stoppedBecause"] for answer in answers}
        yard.assert_each_done_once()
