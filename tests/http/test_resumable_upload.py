"""Files beyond one request's limit go straight to the bucket."""

import hashlib
import uuid

import httpx
import pytest

from tests.http.files import PDF, people
from tests.http.task import Task, sentence

TASKS, UPLOADS = "/api/v1/sheets/tasks", "/api/v1/uploads"


def promise(client: httpx.Client, content: bytes, **fields: object) -> dict[str, object]:
    body = {"fileName": "大 big.csv", "size": len(content), "contentType": "text/csv", **fields}
    answer = client.post(UPLOADS, json=body)
    assert answer.status_code == 201, answer.text
    promised: dict[str, object] = answer.json()["data"]
    return promised


def put(promised: dict[str, object], content: bytes, *, until: int | None = None) -> None:
    size, chunk = len(content), int(str(promised["chunkSize"]))
    for start in range(0, size if until is None else until, chunk):
        part = content[start : start + chunk]
        answer = httpx.put(
            str(promised["uploadUrl"]),
            content=part,
            headers={"Content-Range": f"bytes {start}-{start + len(part) - 1}/{size}"},
        )
        assert answer.status_code in (200, 308), answer.text


def start(client: httpx.Client, promised: dict[str, object], **headers: str) -> httpx.Response:
    return client.post(TASKS, json={"uploadId": promised["uploadId"]}, headers=headers)


def test_a_file_beyond_the_limit_of_one_request_becomes_ready(client):
    rows, filler = 200_000, b"x" * 150
    content = b"number,text\n" + b"".join(b"%d,%s\n" % (n, filler) for n in range(rows))
    assert len(content) > 30 << 20
    promised = promise(client, content, sha256=hashlib.sha256(content).hexdigest())
    put(promised, content)

    task = Task(client, start(client, promised))
    done = task.wait()

    assert done["status"] == "ready"
    assert (done["record"]["fileName"], done["record"]["totalRows"]) == ("大 big.csv", rows)
    last = task.data("/preview", offset=rows - 1)
    assert last["rows"] == [[rows - 1, filler.decode()]]


def test_a_task_cannot_start_before_the_upload_is_complete(client):
    content = b"a,b\n" * (4 << 20)
    promised = promise(client, content)
    put(promised, content, until=1)

    assert "not complete" in sentence(start(client, promised), 409)


def test_an_upload_starts_one_task(client):
    content = people()
    promised = promise(client, content)
    put(promised, content)
    assert start(client, promised).status_code == 202

    assert "already" in sentence(start(client, promised), 404)


def test_an_idempotent_start_may_be_repeated(client):
    content, key = people(), {"Idempotency-Key": str(uuid.uuid4())}
    promised = promise(client, content)
    put(promised, content)

    first, second = start(client, promised, **key), start(client, promised, **key)
    assert first.json() == second.json()


def test_a_wrong_checksum_is_refused(client):
    content = people()
    promised = promise(client, content, sha256="0" * 64)
    put(promised, content)

    assert "SHA-256" in sentence(start(client, promised), 422)


def test_content_decides_here_too(client):
    promised = promise(client, PDF, fileName="data.xlsx")
    put(promised, PDF)

    assert "PDF" in sentence(start(client, promised), 415)


def test_another_users_upload_is_unknown(client, stranger):
    content = people()
    promised = promise(client, content)
    put(promised, content)

    sentence(start(stranger, promised), 404)


@pytest.mark.parametrize(
    "wrong", [{"size": 0}, {"size": -1}, {"fileName": ""}, {"sha256": "xyz"}, {"extra": 1}]
)
def test_a_promise_that_cannot_be_kept_is_refused(client, wrong):
    body = {"fileName": "data.csv", "size": 10, **wrong}

    sentence(client.post(UPLOADS, json=body), 422)


def test_a_promise_over_the_limit_is_refused(client):
    body = {"fileName": "data.csv", "size": 1 << 50}

    assert "5 GiB" in sentence(client.post(UPLOADS, json=body), 413)


def test_a_type_that_cannot_be_a_header_is_refused(client):
    for wrong in (" ", "text", "text/csv\r\nx: y", "文/本"):
        body = {"fileName": "a.csv", "size": 3, "contentType": wrong}
        assert "contentType" in sentence(client.post("/api/v1/uploads", json=body), 422)
