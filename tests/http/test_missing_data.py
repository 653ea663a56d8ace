"""Reads of a record whose clean data is missing: a parse makes it, once however many ask."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import httpx
import psycopg
import pytest

from local.system import System
from shared.queue.purge import purge
from shared.storage import Store, open_store
from tests.http.files import people
from tests.http.task import Task, data_of, sentence

READS = ("/preview", "/preview?sort=age", "/profile", "/data", "/export?format=csv")


@pytest.fixture
def store(system: System, monkeypatch: pytest.MonkeyPatch) -> Store:
    """The system's own bucket."""
    monkeypatch.setenv("STORAGE_EMULATOR_HOST", system.bucket.env["STORAGE_EMULATOR_HOST"])
    open_store.cache_clear()
    return open_store(system.bucket.env["STORAGE_BUCKET"])


def lose(store: Store, task: Task, *, original: bool = False) -> None:
    """Delete the record's clean data."""
    prefix = f"sheets/{task.accepted['recordId']}/"
    keys = [key for key in store.keys(prefix) if original or not key.endswith("/original")]
    assert len(keys) >= 4
    store.delete(*keys)


def parses(conn: psycopg.Connection, task: Task) -> list[int]:
    found = conn.execute(
        "select id from queue.known_job where subject = %s and queue = 'parse_excel' order by id",
        [task.accepted["recordId"]],
    )
    return [row[0] for row in found]


def ready(upload, content: bytes | None = None, **options: object) -> Task:
    task: Task = upload(content or people(300), **options)
    assert task.wait()["status"] == "ready"
    return task


def follow(client: httpx.Client, answer: httpx.Response) -> dict[str, object]:
    """Return the status in which the job of a 202 ends."""
    assert answer.status_code == 202, answer.text
    assert answer.json()["success"] is True
    task = Task(client, answer)
    assert answer.headers["location"] == task.accepted["statusUrl"]
    assert task.accepted["status"] == "processing"
    return task.wait()


def values(answer: httpx.Response) -> object:
    """Return what an answer tells, but for how sure a type is: more so when it was said."""
    if "json" not in answer.headers["content-type"] or "ndjson" in answer.headers["content-type"]:
        return answer.text
    data = answer.json()["data"]
    return data.get("rows") or [[each["name"], each["top"]] for each in data["columns"]]


def test_twenty_who_miss_the_clean_data_at_once_get_one_job(upload, client, store, conn, operator):
    task = ready(upload)
    before = {path: values(client.get(task.url + path)) for path in READS}
    lose(store, task)

    operator.post("/api/v1/queues/parse_excel/pause")
    try:
        with ThreadPoolExecutor(20) as pool:
            answers = list(pool.map(lambda n: client.get(task.url + READS[n % 5]), range(20)))
        assert task.data("/status")["status"] == "processing"
    finally:
        operator.post("/api/v1/queues/parse_excel/resume")

    assert {answer.status_code for answer in answers} == {202}
    (job_id,) = {answer.json()["data"]["jobId"] for answer in answers}
    assert parses(conn, task) == [task.accepted["jobId"], job_id]
    assert follow(client, answers[0])["status"] == "ready"
    assert {path: values(client.get(task.url + path)) for path in READS} == before
    assert len(parses(conn, task)) == 2


def test_a_part_that_has_gone_is_missed_by_those_who_need_it(upload, client, store):
    task = ready(upload)
    first = task.data("/preview")
    parts = store.keys(f"sheets/{task.accepted['recordId']}/")
    store.delete(*(key for key in parts if key.endswith(".parquet")))

    assert task.data("/preview") == first, "it needs no Parquet"
    assert task.data("/profile")["totalRows"] == 300
    for path in ("/data", "/export?format=json", "/preview?offset=200"):
        answer = client.get(task.url + path)
        assert answer.status_code == 202, path
    assert follow(client, answer)["status"] == "ready"
    assert len(task.data("/preview", offset=200)["rows"]) == 100


def test_a_job_that_is_known_no_more_is_no_hindrance(upload, client, store, conn, operator):
    task = ready(upload)
    lose(store, task)
    record_id = task.accepted["recordId"]
    with conn.transaction():
        purge(conn, record_id)
        conn.execute("update records.sheet set clean_data_key = null where id = %s", [record_id])

    operator.post("/api/v1/queues/parse_excel/pause")
    try:
        with ThreadPoolExecutor(20) as pool:
            answers = list(pool.map(lambda _: task.get("/preview"), range(20)))
    finally:
        operator.post("/api/v1/queues/parse_excel/resume")

    assert len({answer.json()["data"]["jobId"] for answer in answers}) == 1
    assert follow(client, answers[0])["status"] == "ready"
    assert len(task.data("/preview")["rows"]) == 100


def test_the_first_parse_is_what_a_reader_waits_for(upload, client, operator, conn):
    operator.post("/api/v1/queues/parse_excel/pause")
    try:
        task: Task = upload(people())
        answer = task.get("/preview")
        assert answer.json()["data"]["jobId"] == task.accepted["jobId"]
    finally:
        operator.post("/api/v1/queues/parse_excel/resume")
    assert follow(client, answer)["status"] == "ready"
    assert parses(conn, task) == [task.accepted["jobId"]]


def test_a_parse_that_fails_is_the_answer_and_is_not_tried_again(upload, client, store, conn):
    task = ready(upload)
    lose(store, task, original=True)
    broken = b"PK\x03\x04" + bytes(200)
    store.create(f"sheets/{task.accepted['recordId']}/original", broken)

    ended = follow(client, task.get("/preview"))

    assert ended["status"] == "error"
    for path in READS:
        assert sentence(client.get(task.url + path), 409) == ended["error"]
    assert len(parses(conn, task)) == 2


def test_without_the_original_there_is_nothing_to_parse(upload, store, conn):
    task = ready(upload)
    lose(store, task, original=True)

    assert "no longer there" in sentence(task.get("/preview"), 409)
    assert len(parses(conn, task)) == 1


def test_what_was_said_about_the_file_still_holds(client, store):
    content = b"code,n\n007,1\n008,2\n"
    answer = client.post(
        "/api/v1/sheets/tasks", files={"file": ("a.csv", content)}, data={"asText": "n"}
    )
    task = Task(client, answer)
    assert task.wait()["status"] == "ready"
    before = task.data("/preview")
    assert before["rows"] == [["007", "1"], ["008", "2"]]
    lose(store, task)

    assert follow(client, task.get("/preview"))["status"] == "ready"

    after = task.data("/preview")
    assert after["rows"] == before["rows"]
    kinds = [[column["type"] for column in page["columns"]] for page in (before, after)]
    assert kinds == [["text", "text"]] * 2


def test_an_edited_version_is_made_again_from_its_own_original(upload, client, store, conn):
    task = ready(upload, people(5))
    action = {"action": "rename", "columns": {"age": "years"}, "expectedVersion": 1}
    edit = Task(client, client.post(f"{task.url}/actions", json=action))
    assert edit.wait()["status"] == "ready"
    before = task.data("/preview")
    assert [column["name"] for column in before["columns"]] == ["姓名 Name", "years"]
    prefix = f"sheets/{task.accepted['recordId']}/"
    current = data_of(client.get(task.url))["cleanDataKey"].rpartition("/")[0]
    store.delete(*(k for k in store.keys(prefix) if k.startswith(current) and "original" not in k))

    assert follow(client, task.get("/preview"))["status"] == "ready"

    assert task.data("/preview")["rows"] == before["rows"]
    assert data_of(client.get(task.url))["version"] == 2
    assert client.post(f"{task.url}/undo").status_code == 200
    assert task.data("/preview")["columns"][1]["name"] == "age"
    assert client.post(f"{task.url}/redo").status_code == 200
    assert task.data("/preview")["rows"] == before["rows"]
