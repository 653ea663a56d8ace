"""Files that a job makes: once, for their owner, for a day."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor

import httpx
import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest

from tests.http.files import people
from tests.http.task import Task, data_of, sentence


def ask(task: Task, **options: object) -> httpx.Response:
    return task.get("/export", background="true", **options)


def made(client: httpx.Client, answer: httpx.Response) -> dict[str, object]:
    """Follow the job of a 202 and return where its file is."""
    assert answer.status_code == 202, answer.text
    ended = Task(client, answer).wait()
    assert ended["status"] == "ready", ended
    return data_of(client.get(answer.json()["data"]["exportUrl"]))


READERS = {
    "csv": lambda data: pd.read_csv(io.BytesIO(data)),
    "json": lambda data: pd.read_json(io.BytesIO(data)),
    "parquet": lambda data: pq.read_table(io.BytesIO(data)).to_pandas(),
    "xlsx": lambda data: pd.DataFrame(
        list(openpyxl.load_workbook(io.BytesIO(data)).active.values)[1:],
        columns=["姓名 Name", "age"],
    ),
}


@pytest.fixture
def task(upload) -> Task:
    sent: Task = upload(people(250), name="人员 people.xlsx")
    assert sent.wait()["status"] == "ready"
    return sent


@pytest.mark.parametrize("fmt", READERS)
def test_a_job_makes_the_file_that_a_request_would(task, client, fmt):
    found = made(client, ask(task, format=fmt))

    file = client.get(found["downloadUrl"])
    assert file.status_code == 200
    assert len(file.content) == found["size"]
    assert found["fileName"] == f"人员 people.{fmt}"
    assert "people." + fmt in file.headers["content-disposition"]
    frame = READERS[fmt](file.content)
    assert frame["姓名 Name"].tolist() == [f"人 {n}" for n in range(250)]
    assert frame["age"].astype(int).tolist() == [20 + n % 60 for n in range(250)]
    direct = task.get("/export", format=fmt)
    assert direct.headers["content-type"] == file.headers["content-type"]
    assert READERS[fmt](direct.content).equals(frame)


def test_asking_twice_or_at_once_gives_one_job(task, client):
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: ask(task, format="csv"), range(8)))
    (job_id,) = {answer.json()["data"]["jobId"] for answer in answers}
    made(client, answers[0])

    assert ask(task, format="csv").json()["data"]["jobId"] == job_id
    others = [
        ask(task, format="json"),
        ask(task, format="csv", neutralise="false"),
        ask(task, format="csv", filter="age:gt:30"),
        ask(task, format="csv", columns="age"),
    ]
    assert len({answer.json()["data"]["jobId"] for answer in others} | {job_id}) == 5
    assert (
        pd.read_csv(io.BytesIO(client.get(made(client, others[2])["downloadUrl"]).content))[
            "age"
        ].min()
        > 30
    )


def test_a_record_stays_ready_while_it_is_exported(task, client, operator):
    operator.post("/api/v1/queues/export_sheet/pause")
    try:
        answer = ask(task, format="csv")
        job_id = answer.json()["data"]["jobId"]
        status = task.data("/status")
        assert (status["status"], status["jobId"]) == ("ready", None)
        assert task.data("/status", jobId=job_id)["status"] == "processing"
        waiting = client.get(answer.json()["data"]["exportUrl"])
        assert (waiting.status_code, waiting.json()["data"]["jobId"]) == (202, job_id)
        url = answer.json()["data"]["exportUrl"]
        assert "still being made" in sentence(client.get(f"{url}/file"), 409)

        assert client.post(f"/api/v1/jobs/{job_id}/cancel").status_code == 200
        assert "cancelled" in sentence(client.get(url), 409)
        again = ask(task, format="csv")
        assert again.json()["data"]["jobId"] != job_id
        assert ask(task, format="csv").json()["data"]["jobId"] == again.json()["data"]["jobId"]
    finally:
        operator.post("/api/v1/queues/export_sheet/resume")
    made(client, again)


def test_an_export_is_its_owners_and_expires(task, client, stranger, conn, ready):
    answer = ask(task, format="csv")
    found = made(client, answer)
    url, job_id = answer.json()["data"]["exportUrl"], found["jobId"]
    for path in (url, str(found["downloadUrl"])):
        assert "no such record" in sentence(stranger.get(path), 404)
    assert "no export" in sentence(client.get(f"{ready.url}/exports/{job_id}"), 404)
    assert "no export" in sentence(client.get(f"{task.url}/exports/{task.accepted['jobId']}"), 404)

    conn.execute(
        "update queue.ended set ended_at = now() - interval '25 hours' where id = %s", [job_id]
    )

    for path in (url, str(found["downloadUrl"])):
        assert "has expired: ask for it again" in sentence(client.get(path), 404)


def test_an_export_that_cannot_be_made_says_why(client, upload, conn):
    wide = ",".join(f"c{n}" for n in range(16_385))
    task = upload(f"{wide}\n{wide}\n".encode(), "wide.csv")
    assert task.wait()["status"] == "ready"
    answer = ask(task, format="xlsx")
    ended = Task(client, answer).wait()

    assert (ended["status"], ended["attempt"]) == ("error", 1)
    said = sentence(client.get(answer.json()["data"]["exportUrl"]), 409)
    assert said == ended["error"]
    assert said.startswith("An Excel sheet holds at most 1,048,575 rows and 16,384 columns")
    assert "16,384 columns" in sentence(task.get("/export", format="xlsx"), 422)
