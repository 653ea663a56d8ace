"""Operators steer queues, schedules and batches over HTTP; nobody else does."""

import uuid
from datetime import UTC, datetime

import pytest

from shared.queue.batch import fan_out
from shared.queue.claim import claim
from shared.queue.complete import complete
from shared.queue.pace import measure_pace
from shared.queue.schedule import put_schedule
from tests.http.task import data_of, sentence


def test_a_queue_tells_its_policy_and_its_load(operator, queue, conn):
    queue.finish()
    queue.fail()
    queue.run()
    queue.put()
    queue.put(run_at=datetime(2100, 1, 1, tzinfo=UTC))
    measure_pace(conn, queue.name)

    one = data_of(operator.get(queue.url))
    counts = ("waiting", "delayed", "running", "deadLetters", "completedLastMinute")
    assert [one[name] for name in counts] == [1] * 5
    assert (one["leaseSeconds"], one["maxAttempts"], one["keepSeconds"]) == (30, 5, 14 * 86400)
    assert (one["maxRunning"], one["rate"], one["paused"]) == (None, None, False)
    assert one["oldestWaitingSeconds"] >= 0
    assert one["pace"]["jobs"] == 1

    listed = data_of(operator.get("/api/v1/queues"))["queues"]
    assert queue.name in [each["queue"] for each in listed]


def test_a_policy_is_changed_and_a_limit_lifted(operator, queue):
    queue.put()
    change = {"leaseSeconds": 90, "maxRunning": 4, "rate": 10, "ratePeriodSeconds": 60}
    changed = data_of(operator.patch(queue.url, json=change))
    assert {name: changed[name] for name in change} == change
    assert changed["maxAttempts"] == 5

    lifted = data_of(operator.patch(queue.url, json={"maxRunning": None}))
    assert (lifted["maxRunning"], lifted["rate"]) == (None, 10)


@pytest.mark.parametrize(
    "change",
    [
        {"leaseSeconds": 0},
        {"leaseSeconds": None},
        {"maxAttempts": 0},
        {"maxRunning": 0},
        {"keepSeconds": 60},
        {"backoffBaseSeconds": 60, "backoffCapSeconds": 1},
        {"unheardOf": 1},
    ],
)
def test_an_impossible_policy_is_refused_and_changes_nothing(operator, queue, change):
    queue.put()
    before = data_of(operator.get(queue.url))
    sentence(operator.patch(queue.url, json={"maxAttempts": 9, **change}), 422)
    after = data_of(operator.get(queue.url))
    assert [after[name] for name in ("maxAttempts", "leaseSeconds", "backoffBaseSeconds")] == [
        before[name] for name in ("maxAttempts", "leaseSeconds", "backoffBaseSeconds")
    ]


def test_a_paused_queue_starts_nothing_until_it_is_resumed(operator, queue, conn):
    job = queue.put()
    assert data_of(operator.post(f"{queue.url}/pause"))["paused"]
    assert claim(conn, queue.name) == []
    assert "paused" in data_of(operator.get(f"/api/v1/jobs/{job}"))["waitingBecause"]

    assert not data_of(operator.post(f"{queue.url}/resume"))["paused"]
    assert len(claim(conn, queue.name)) == 1


def test_a_name_that_is_none_is_told_apart_from_one_that_nobody_uses(operator):
    for method, path in (("GET", ""), ("PATCH", ""), ("POST", "/pause"), ("POST", "/resume")):
        body = {"json": {}} if method == "PATCH" else {}
        unknown = operator.request(method, f"/api/v1/queues/nobody-uses-it{path}", **body)
        assert "There is no queue 'nobody-uses-it'" in sentence(unknown, 404)
        bad = operator.request(method, f"/api/v1/queues/no%20name{path}", **body)
        assert "letters, digits, '_' and '-'" in sentence(bad, 404)


def test_a_schedule_is_shown_paused_and_resumed(operator, queue, conn):
    name = f"yearly-{uuid.uuid4()}"
    now = datetime(2026, 5, 1, tzinfo=UTC)
    put_schedule(
        conn, name, "0 8 1 1 *", queue.payload, tenant="ann", now=now, time_zone="Asia/Shanghai"
    )

    listed = data_of(operator.get("/api/v1/schedules"))["schedules"]
    shown = next(each for each in listed if each["name"] == name)
    assert (shown["queue"], shown["cron"], shown["paused"]) == (queue.name, "0 8 1 1 *", False)
    assert shown["nextAt"] == "2027-01-01T00:00:00Z"

    assert data_of(operator.post(f"/api/v1/schedules/{name}/pause"))["paused"]
    assert not data_of(operator.post(f"/api/v1/schedules/{name}/resume"))["paused"]
    for unknown in ("never-put", "%00"):
        answer = operator.post(f"/api/v1/schedules/{unknown}/pause")
        assert "There is no schedule" in sentence(answer, 404)


def test_a_batch_is_followed_and_cancelled_by_its_owner(client, stranger, operator, queue, conn):
    batch = fan_out(conn, [queue.payload] * 4, tenant="ann")
    url = f"/api/v1/batches/{batch}"
    done, *_ = claim(conn, queue.name, limit=2)
    complete(conn, done)

    seen = data_of(client.get(url))
    assert (seen["total"], seen["pending"], seen["failed"], seen["progress"]) == (4, 3, 0, 25)
    assert data_of(operator.get(url)) == seen
    for method, path in (("GET", url), ("POST", f"{url}/cancel")):
        assert "There is no batch" in sentence(stranger.request(method, path), 404)

    cancelled = data_of(client.post(f"{url}/cancel"))
    assert (cancelled["pending"], cancelled["failed"]) == (1, 2)
    sentence(client.get(f"/api/v1/batches/{2**70}"), 404)


def test_a_batch_that_has_ended_cannot_be_cancelled(client, queue, conn):
    batch = fan_out(conn, [queue.payload], tenant="ann")
    complete(conn, *claim(conn, queue.name))

    assert data_of(client.get(f"/api/v1/batches/{batch}"))["progress"] == 100
    assert "ended already" in sentence(client.post(f"/api/v1/batches/{batch}/cancel"), 409)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/api/v1/queues"),
        ("GET", "{queue}"),
        ("PATCH", "{queue}"),
        ("POST", "{queue}/pause"),
        ("POST", "{queue}/resume"),
        ("GET", "/api/v1/schedules"),
        ("POST", "/api/v1/schedules/any/pause"),
        ("POST", "/api/v1/schedules/any/resume"),
        ("GET", "/api/v1/jobs?all=true"),
        ("GET", "/api/v1/jobs?tenant=bob"),
    ],
)
def test_others_are_refused(client, operator, queue, method, path):
    queue.put()
    body = {"json": {"paused": True}} if method == "PATCH" else {}

    refused = client.request(method, path.format(queue=queue.url), **body)

    assert "ann" in sentence(refused, 403)
    assert not data_of(operator.get(queue.url))["paused"]
