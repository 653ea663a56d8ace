"""Cancelled wins, whenever it comes."""

from datetime import timedelta

import pytest

from shared.errors import CancelRequested
from shared.queue.abandon import abandon
from shared.queue.attempt_error import AttemptError
from shared.queue.cancel import cancel
from shared.queue.claim import claim
from shared.queue.release import release
from shared.queue.retry import retry
from tests.worker.jobs import known, ledger, prefix_of, put_sheep, put_trouble
from tests.worker.process import draining
from tests.worker.signs import wait_until

A_FEW_SECONDS = 3.0
ERROR = AttemptError(attempt=1, message="The sheep ran away.")


def test_a_running_job_is_stopped_and_its_objects_are_swept(worker, conn, signs, store):
    job_id = put_sheep(conn, signs, sheep=5, gate=2)
    with draining(worker) as [drain]:
        signs.wait_until_reached()
        assert len(store.keys(prefix_of(conn, job_id))) == 2
        assert cancel(conn, job_id) == "cancelling"
        wait_until(lambda: known(conn, job_id).state == "cancelled", seconds=A_FEW_SECONDS)

    assert drain.result()["cancelled"] == 1
    assert ledger(conn) == []
    assert store.keys(prefix_of(conn, job_id)) == []
    assert signs.counted() == [0, 1]


def test_a_running_job_that_asks_nobody_is_ended_after_the_grace(worker, conn, signs, store):
    job_id = put_trouble(conn, signs, "hear_nothing")
    with draining(worker) as [drain]:
        signs.wait_until_reached()
        cancel(conn, job_id)

    assert drain.result()["cancelled"] == 1
    assert drain.result()["elapsedSeconds"] < 10
    assert known(conn, job_id).state == "cancelled"
    assert store.keys(prefix_of(conn, job_id)) == []


def test_a_cancel_that_comes_while_the_result_is_saved_undoes_it(worker, conn, signs):
    job_id = put_trouble(conn, signs, "save_waits")
    with draining(worker) as [drain]:
        signs.wait_until_reached()
        assert cancel(conn, job_id) == "cancelling"
        signs.open_the_gate()

    assert drain.result()["cancelled"] == 1
    assert known(conn, job_id).state == "cancelled"
    assert ledger(conn) == []


def test_a_cancel_is_not_forgotten_when_the_attempt_fails(worker, conn, signs):
    job_id = put_trouble(conn, signs, "fail_when_open")
    with draining(worker) as [drain]:
        signs.wait_until_reached()
        cancel(conn, job_id)
        signs.open_the_gate()

    assert drain.result()["cancelled"] == 1
    assert known(conn, job_id).state == "cancelled"


@pytest.mark.parametrize(
    "hand_back", [release, lambda conn, job: retry(conn, job, ERROR, delay=timedelta(0))]
)
def test_a_cancelled_job_cannot_be_handed_back(conn, signs, hand_back):
    job_id = put_sheep(conn, signs)
    (job,) = claim(conn, "count_sheep")
    cancel(conn, job_id)

    with pytest.raises(CancelRequested):
        hand_back(conn, job)

    assert known(conn, job_id).state == "running"
    abandon(conn, job)
    assert known(conn, job_id).state == "cancelled"


def test_a_waiting_job_is_never_started(worker, conn, signs):
    job_id = put_sheep(conn, signs)

    assert cancel(conn, job_id) == "cancelled"
    assert worker.drain()["claimed"] == 0
