"""What has expired is unknown at once on every route, and gone an hour later."""

from __future__ import annotations

import pytest

from local.system import System
from shared.storage import Store, open_store
from tests.http.files import people
from tests.http.task import Task, data_of, sentence
from tests.worker.listing import keys
from tests.worker.signs import wait_until

SCHEDULE = "maintain-expired-records"


@pytest.fixture
def store(system: System, monkeypatch: pytest.MonkeyPatch) -> Store:
    """The system's own bucket."""
    monkeypatch.setenv("STORAGE_EMULATOR_HOST", system.bucket.env["STORAGE_EMULATOR_HOST"])
    open_store.cache_clear()
    return open_store(system.bucket.env["STORAGE_BUCKET"])


def expire(conn, task: Task, ago: str) -> None:
    conn.execute(
        "update records.sheet set expires_at = now() - %s::interval where id = %s",
        [ago, task.accepted["recordId"]],
    )


def test_an_expired_record_is_unknown_on_every_route_and_its_objects_wait(
    upload, client, conn, store
):
    task: Task = upload(people())
    assert task.wait()["status"] == "ready"
    expire(conn, task, "1 second")

    for path in ("", "/status", "/preview", "/profile", "/data", "/export?format=csv"):
        assert "expired" in sentence(client.get(task.url + path), 404)
    assert "expired" in sentence(client.delete(task.url), 404)
    listed = data_of(client.get("/api/v1/sheets/tasks"))["records"]
    assert task.accepted["recordId"] not in [record["recordId"] for record in listed]
    assert len(store.keys(f"sheets/{task.accepted['recordId']}/")) == 6


def test_an_hour_later_nothing_of_it_is_left(upload, client, conn, store):
    task: Task = upload(people())
    assert task.wait()["status"] == "ready"
    expire(conn, task, "61 minutes")

    due = conn.execute(
        "update queue.schedule set next_at = now() where name = %s returning name", [SCHEDULE]
    )
    assert due.fetchone() is not None
    wait_until(lambda: not keys(store, f"sheets/{task.accepted['recordId']}/"))

    sentence(client.get(task.job_url), 404)
    left = conn.execute(
        "select count(*) from queue.known_job where subject = %s", [task.accepted["recordId"]]
    )
    assert left.fetchone() == (0,)


def test_operators_see_what_is_done_by_the_clock(operator):
    schedules = data_of(operator.get("/api/v1/schedules"))["schedules"]

    shown = {each["name"]: each["tenant"] for each in schedules}
    assert shown[SCHEDULE] == "maintenance"
    assert len([name for name in shown if name.startswith("maintain-")]) == 7
