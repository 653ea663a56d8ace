"""Objects, records and jobs belong together: all of them are there, or none."""

from __future__ import annotations

import uuid

import psycopg
import pytest

from local.system import System
from shared.storage import Store, open_store
from tests.http.files import people
from tests.http.task import Task, sentence
from tests.worker.listing import keys
from tests.worker.signs import wait_until

TASKS = "/api/v1/sheets/tasks"

_REFUSE = """
create function refuse() returns trigger language plpgsql as $$ begin raise 'refused'; end $$;
create trigger refuse before insert on records.sheet
   for each row when (new.file_name = 'refused.xlsx') execute function refuse();
"""


@pytest.fixture
def store(system: System, monkeypatch: pytest.MonkeyPatch) -> Store:
    """The system's own bucket."""
    monkeypatch.setenv("STORAGE_EMULATOR_HOST", system.bucket.env["STORAGE_EMULATOR_HOST"])
    open_store.cache_clear()
    return open_store(system.bucket.env["STORAGE_BUCKET"])


@pytest.fixture
def refusing_database(system: System):
    """A database that refuses a record in the middle of the upload's transaction."""
    with psycopg.connect(system.postgres.url("sluice"), autocommit=True) as conn:
        conn.execute(_REFUSE)
        yield conn
        conn.execute("drop function refuse cascade")


def test_an_object_whose_transaction_failed_is_swept(client, store, refusing_database):
    before = set(store.keys("sheets/"))
    answer = client.post(TASKS, files={"file": ("refused.xlsx", people())})

    assert "on our side" in sentence(answer, 500)
    assert {key for key in store.keys("sheets/") if key.endswith("/original")} <= before


def test_a_request_that_is_refused_leaves_no_object(client, store):
    before = set(store.keys(""))
    client.post(TASKS, files={"file": ("data.csv", b"a,b\n" * (8 << 20))})
    client.post(TASKS, files=[("file", ("a", people())), ("file", ("b", people()))])

    new = set(store.keys("")) - before
    assert {key for key in new if key.endswith("/original")} == set()


def test_a_repeated_upload_leaves_one_object(upload, store):
    key = {"Idempotency-Key": str(uuid.uuid4())}
    before = {name for name in store.keys("sheets/") if name.endswith("/original")}
    for _ in range(3):
        upload(people(), "data.xlsx", **key).wait()

    after = {name for name in store.keys("sheets/") if name.endswith("/original")}
    assert len(after - before) == 1


def test_a_deleted_record_leaves_nothing(upload, client, system, store):
    key = {"Idempotency-Key": str(uuid.uuid4())}
    task: Task = upload(people(), "data.xlsx", **key)
    task.wait()
    prefix = f"sheets/{task.accepted['recordId']}/"
    assert len(store.keys(prefix)) == 6

    assert client.delete(task.url).json()["data"]["deleted"] is True

    assert store.keys(prefix) == []
    sentence(task.get(), 404)
    sentence(client.post(f"{task.job_url}/retry"), 404)
    with psycopg.connect(system.postgres.url("sluice")) as conn:
        (left,) = conn.execute(
            "select count(*) from queue.known_job where subject = %s", [task.accepted["recordId"]]
        ).fetchone()
    assert left == 0
    again: Task = upload(people(), "data.xlsx", **key)
    assert again.accepted["recordId"] != task.accepted["recordId"]


def test_a_running_job_can_be_cancelled_and_retried(upload, client, store):
    task: Task = upload(b"number,text\n" + b"1,some words\n" * 400_000, "long.csv")
    while task.status()["state"] == "waiting":
        pass
    assert client.post(f"{task.job_url}/cancel").status_code == 200
    done = task.wait()

    assert (done["status"], done["state"]) == ("cancelled", "cancelled")
    prefix = f"sheets/{task.accepted['recordId']}/"
    wait_until(lambda: keys(store, prefix) == {f"{prefix}original"})
    assert "cancelled" in sentence(task.get("/preview"), 409)
    assert "nothing to cancel" in sentence(client.post(f"{task.job_url}/cancel"), 409)

    assert client.post(f"{task.job_url}/retry").json()["data"]["state"] == "waiting"
    assert task.wait()["record"]["totalRows"] == 400_000


def test_a_job_that_went_well_cannot_be_retried(ready, client):
    assert "failed or was cancelled" in sentence(client.post(f"{ready.job_url}/retry"), 409)
