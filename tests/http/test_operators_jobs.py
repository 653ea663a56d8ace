"""Jobs are found, shown, cancelled and retried: one's own or, by operators, everybody's."""

import pytest

from shared.queue.cancel import cancel
from tests.http.task import data_of, sentence

JOBS = "/api/v1/jobs"


def listed(caller, **query: object) -> list[int]:
    return [job["jobId"] for job in data_of(caller.get(JOBS, params=query))["jobs"]]


def test_a_user_lists_their_own_and_an_operator_everybodys(client, operator, queue):
    bobs, anns = queue.put("bob"), queue.put("ann")

    assert listed(client, queue=queue.name) == [anns]
    assert listed(operator, queue=queue.name) == []
    assert listed(operator, queue=queue.name, all=True) == [anns, bobs]
    assert listed(operator, queue=queue.name, tenant="bob") == [bobs]


def test_jobs_are_listed_by_state_queue_and_subject_page_by_page(client, queue):
    buried, completed, running = queue.fail(), queue.finish(), queue.run()
    waiting = [queue.put(subject="dolly") for _ in range(3)]

    by_state = {"buried": buried, "completed": completed, "running": running}
    for state, job in by_state.items():
        assert listed(client, queue=queue.name, state=state) == [job]
    assert listed(client, subject="dolly") == waiting[::-1]

    page = data_of(client.get(JOBS, params={"queue": queue.name, "limit": 4}))
    rest = {"queue": queue.name, "cursor": page["nextCursor"]}
    found = [job["jobId"] for job in page["jobs"]] + listed(client, **rest)
    assert found == [*waiting[::-1], running, completed, buried]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"cursor": "x"}, 422),
        ({"cursor": "²"}, 422),
        ({"cursor": str(2**70)}, 422),
        ({"state": "tired"}, 422),
        ({"subject": "\0"}, 422),
        ({"queue": "nobody-uses-it"}, 404),
        ({"queue": "no name"}, 404),
    ],
)
def test_a_filter_that_cannot_be_is_refused(client, query, status):
    sentence(client.get(JOBS, params=query), status)


def test_a_job_tells_every_attempt_and_its_trace_only_to_operators(
    client, stranger, operator, queue
):
    job = queue.fail(message="The sheep ran away.")

    mine = data_of(client.get(f"{JOBS}/{job}"))
    assert [each["message"] for each in mine["failures"]] == ["It rained.", "The sheep ran away."]
    assert [each["trace"] for each in mine["failures"]] == [None, None]
    assert all(each["startedAt"] <= each["endedAt"] for each in mine["failures"])
    assert (mine["state"], mine["attempt"], mine["waitingBecause"]) == ("buried", 2, None)
    assert mine["workedSeconds"] > 0

    theirs = data_of(operator.get(f"{JOBS}/{job}"))
    assert [each["trace"] for each in theirs["failures"]] == ["line 1", "line 2"]
    assert "There is no job" in sentence(stranger.get(f"{JOBS}/{job}"), 404)
    sentence(client.get(f"{JOBS}/{2**70}"), 404)


def test_a_waiting_job_says_why_and_for_how_long(client, queue, conn):
    queue.put()
    job = queue.put(cost=2)
    seen = data_of(client.get(f"{JOBS}/{job}"))
    assert (seen["waitingBecause"], seen["queuePosition"]) == ("One job goes before it.", 1)
    assert seen["etaSeconds"] is None

    conn.execute("insert into queue.pace values (%s, 9, 10, 20, 4, 8, now())", [queue.name])
    assert data_of(client.get(f"{JOBS}/{job}"))["etaSeconds"] == 1 * 10 + 2 * 4
    conn.execute(
        "update queue.policy set rate = 1, rate_period = '1 min' where queue = %s", [queue.name]
    )
    assert data_of(client.get(f"{JOBS}/{job}"))["etaSeconds"] == 1 * 60 + 2 * 4
    conn.execute("update queue.policy set paused = true where queue = %s", [queue.name])
    assert data_of(client.get(f"{JOBS}/{job}"))["etaSeconds"] is None


def test_a_running_job_goes_by_its_queues_pace_until_it_has_its_own(client, queue, conn):
    job = queue.run()
    conn.execute("insert into queue.pace values (%s, 9, 10, 20, 500, 800, now())", [queue.name])
    assert 300 < data_of(client.get(f"{JOBS}/{job}"))["etaSeconds"] <= 500

    conn.execute(
        """update queue.lease set done = 10, total = 40, started_at = now() - interval '10 s'
            where job_id = %s""",
        [job],
    )
    assert 30 <= data_of(client.get(f"{JOBS}/{job}"))["etaSeconds"] < 60


def test_jobs_are_cancelled_in_bulk_a_part_at_a_time(client, operator, queue):
    running = queue.run()
    waiting = [queue.put() for _ in range(3)]
    bobs = queue.put("bob")

    first = data_of(client.post(f"{JOBS}/cancel", json={"queue": queue.name, "limit": 2}))
    assert (first["changed"], first["skipped"], first["more"]) == (2, 0, True)
    rest = {"queue": queue.name, "cursor": first["nextCursor"]}
    second = data_of(client.post(f"{JOBS}/cancel", json=rest))
    assert (second["changed"], second["more"], second["nextCursor"]) == (2, False, None)

    assert listed(client, queue=queue.name, state="cancelled") == waiting[::-1]
    assert listed(client, queue=queue.name, state="cancelling") == [running]
    assert listed(operator, queue=queue.name, all=True, state="waiting") == [bobs]


def test_dead_letters_are_retried_in_bulk_and_cancelled_ones_only_when_named(client, queue, conn):
    buried, cancelled = queue.fail(), queue.put()
    cancel(conn, cancelled)

    assert data_of(client.post(f"{JOBS}/retry", json={"queue": queue.name}))["changed"] == 1
    assert listed(client, queue=queue.name, state="waiting") == [buried]
    body = {"queue": queue.name, "state": "cancelled"}
    assert data_of(client.post(f"{JOBS}/retry", json=body))["changed"] == 1
    assert set(listed(client, queue=queue.name, state="waiting")) == {buried, cancelled}


def test_named_jobs_are_changed_if_they_are_ones_own_and_can_be(client, operator, queue):
    mine, bobs = queue.put(), queue.put("bob")
    other = queue.put()
    ids = [mine, bobs, 10**12]

    answer = data_of(client.post(f"{JOBS}/cancel", json={"ids": ids}))
    assert (answer["changed"], answer["skipped"], answer["more"]) == (1, 2, False)
    assert listed(operator, queue=queue.name, all=True, state="waiting") == [other, bobs]
    assert data_of(operator.post(f"{JOBS}/cancel", json={"ids": [bobs]}))["changed"] == 1


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 422),
        ({"limit": 5}, 422),
        ({"ids": []}, 422),
        ({"ids": [1], "limit": 501}, 422),
        ({"state": "completed"}, 422),
        ({"queue": "nobody-uses-it"}, 404),
        ({"all": True}, 403),
        ({"tenant": "bob"}, 403),
    ],
)
def test_a_bulk_change_that_may_not_be_is_refused(client, body, status):
    for verb in ("cancel", "retry"):
        sentence(client.post(f"{JOBS}/{verb}", json=body), status)


def test_an_upload_costs_its_mebibytes(upload, client):
    task = upload(b"name,age\n" + b"abc,1\n" * 300_000, "long.csv")
    size = task.wait()["record"]["fileSize"]

    cost = data_of(client.get(task.job_url))["cost"]
    assert cost == pytest.approx(size / 2**20, rel=1e-3)
    small = upload(b"name,age\nabc,1\n", "short.csv")
    assert data_of(client.get(small.job_url))["cost"] == pytest.approx(0.1)
