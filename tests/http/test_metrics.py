"""What Prometheus reads of a queue whose state is known."""

from datetime import UTC, datetime, timedelta

import pytest
from prometheus_client.parser import text_string_to_metric_families

from shared.queue import drains
from shared.queue.attempt_error import AttemptError
from shared.queue.claim import claim
from shared.queue.pace import measure_pace
from shared.queue.policy import change_policy
from shared.queue.retry import retry
from tests.http.task import sentence


@pytest.fixture
def scrape(operator):
    def read():
        answer = operator.get("/metrics")
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"].startswith("text/plain; version=")
        return {
            family.name: family.samples for family in text_string_to_metric_families(answer.text)
        }

    return read


def of(samples, queue):
    return {
        sample.labels.get("quantile", "value"): sample.value
        for sample in samples
        if sample.labels["queue"] == queue.name
    }


def test_the_numbers_are_those_of_the_queue(queue, conn, scrape):
    queue.finish(), queue.finish(), queue.fail()
    queue.put()
    (unlucky,) = claim(conn, queue.name)
    error = AttemptError(attempt=1, message="It rained.", trace=None)
    retry(conn, unlucky, error, delay=timedelta(hours=1))
    queue.put(run_at=datetime.now(UTC) + timedelta(hours=1))
    queue.run()
    queue.put(), queue.put(), queue.put()
    conn.execute(
        "update queue.job set due_at = due_at - interval '100 s' where queue = %s and tag is not"
        " null and fence is null",
        [queue.name],
    )
    measure_pace(conn, queue.name)

    found = {name: of(samples, queue) for name, samples in scrape().items() if "_queue_" in name}

    oldest = found.pop("sluice_queue_oldest_waiting_seconds")["value"]
    assert 100 <= oldest < 160
    durations = found.pop("sluice_queue_job_seconds")
    assert set(durations) == {"0.5", "0.95"}
    assert 0 <= durations["0.5"] <= durations["0.95"] < 60
    assert {name.removeprefix("sluice_queue_"): of["value"] for name, of in found.items()} == {
        "waiting_jobs": 3,
        "delayed_jobs": 2,
        "retrying_jobs": 1,
        "running_jobs": 1,
        "dead_letter_jobs": 1,
        "completed_last_minute": 2,
        "completed_last_hour": 2,
        "paused": 0,
    }


def test_a_quiet_queue_is_zero_and_not_missing(queue, conn, scrape):
    queue.finish()
    change_policy(conn, queue.name, paused=True)

    found = scrape()

    assert of(found["sluice_queue_waiting_jobs"], queue) == {"value": 0}
    assert of(found["sluice_queue_oldest_waiting_seconds"], queue) == {"value": 0}
    assert of(found["sluice_queue_paused"], queue) == {"value": 1}


def test_live_drains_are_counted(conn, scrape):
    before = scrape()["sluice_live_drains"][0].value
    mine = [drains.enter(conn, timedelta(minutes=1)) for _ in range(50)]

    during = scrape()["sluice_live_drains"][0].value
    for drain in mine:
        drains.leave(conn, drain)

    # The tick lets the system's own worker drain now and then.
    assert abs(during - before - 50) <= 2


def test_others_are_refused(client):
    assert "ann" in sentence(client.get("/metrics"), 403)
