"""Whatever is wrong, the answer is a sentence that says what to do."""

import io
import uuid
import zipfile

import httpx
import pytest

from tests.http.files import PDF, archive, people, workbook
from tests.http.task import Task, sentence

TASKS = "/api/v1/sheets/tasks"


def send(client: httpx.Client, content: bytes, name: str = "data.xlsx") -> httpx.Response:
    return client.post(TASKS, files={"file": (name, content)})


def test_an_empty_file(client):
    assert "empty" in sentence(send(client, b""), 422)


def test_a_workbook_that_is_cut_off(client):
    assert "cut off" in sentence(send(client, people(500)[:-2000]), 422)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (PDF, "PDF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "picture"),
        (archive(**{"word/document.xml": b"<w/>"}), "Word"),
        (archive(notes=b"hello", more=b"world"), "without a workbook"),
        (bytes(range(256)) * 10, "neither a workbook nor a text table"),
    ],
    ids=["pdf", "png", "docx", "zip", "binary"],
)
def test_something_else_under_a_spreadsheets_name(client, content, what):
    said = sentence(send(client, content), 415)

    assert what in said
    assert ".xlsx" in said


def test_a_file_over_the_limit(client):
    said = sentence(send(client, b"a,b\n" * (8 << 20), "big.csv"), 413)

    assert "30 MiB" in said
    assert "/api/v1/uploads" in said


def test_a_file_over_the_limit_that_does_not_say_its_size(client):
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="big.csv"\r\n\r\n'
    body = (chunk for chunk in [head, *[b"a,b\n" * (1 << 18)] * 32, b"\r\n--x--\r\n"])
    answer = client.post(
        TASKS, content=body, headers={"content-type": "multipart/form-data; boundary=x"}
    )

    assert "30 MiB" in sentence(answer, 413)


def test_a_form_without_the_field(client):
    answer = client.post(TASKS, files={"document": ("data.xlsx", people())})

    assert "'file'" in sentence(answer, 422)


def test_a_form_with_two_files(client):
    answer = client.post(TASKS, files=[("file", ("a", people())), ("file", ("b", people()))])

    assert "one file" in sentence(answer, 422)


def test_a_form_that_is_broken(client):
    answer = client.post(
        TASKS, content=b"rubbish", headers={"content-type": "multipart/form-data; boundary=x"}
    )

    assert "multipart/form-data" in sentence(answer, 400)


def test_a_form_without_a_boundary(client):
    headers = {"content-type": "multipart/form-data"}

    assert "boundary" in sentence(client.post(TASKS, content=b"x", headers=headers), 400)


def test_a_body_of_another_type(client):
    answer = client.post(TASKS, content=b"x", headers={"content-type": "text/plain"})

    assert "multipart/form-data" in sentence(answer, 415)


@pytest.mark.parametrize(
    "body", [{}, {"uploadId": "x"}, {"uploadId": str(uuid.uuid4()), "x": 1}, []]
)
def test_json_that_does_not_fit(client, body):
    assert "cannot be used" in sentence(client.post(TASKS, json=body), 422)


def test_json_that_is_none(client):
    answer = client.post(TASKS, content=b"{", headers={"content-type": "application/json"})

    assert "JSON" in sentence(answer, 422)


@pytest.mark.parametrize("path", ["", "/status", "/preview", "/profile", "/data", "/export"])
def test_an_unknown_record(client, path):
    assert "no such record" in sentence(client.get(f"{TASKS}/{uuid.uuid4()}{path}"), 404)


@pytest.mark.parametrize("path", ["", "/status", "/preview", "/profile", "/data", "/export"])
def test_another_users_record(ready: Task, stranger, path):
    assert "no such record" in sentence(stranger.get(ready.url + path), 404)


def test_another_users_record_cannot_be_deleted(ready: Task, stranger):
    sentence(stranger.delete(ready.url), 404)
    assert ready.get().status_code == 200


@pytest.mark.parametrize("action", ["cancel", "retry"])
def test_another_users_job(ready: Task, stranger, action):
    assert "no job" in sentence(stranger.post(f"{ready.job_url}/{action}"), 404)


@pytest.mark.parametrize("job_id", ["x", "1.5", "9" * 30])
def test_a_bad_job_id(ready: Task, job_id):
    sentence(ready.get("/status", jobId=job_id), 422)


def test_the_job_of_another_record(ready: Task, upload):
    other: Task = upload(people())

    said = sentence(ready.get("/status", jobId=other.accepted["jobId"]), 404)
    assert "no job" in said


def test_a_wrong_method(client):
    answer = client.put(TASKS)

    assert "use GET" in sentence(answer, 405)
    assert answer.headers["allow"] == "GET"


def test_an_unknown_address(client):
    assert "/openapi.json" in sentence(client.get("/api/v1/nothing"), 404)


@pytest.mark.parametrize(
    "params",
    [
        {"limit": 0},
        {"limit": 1001},
        {"offset": -1},
        {"limit": "many"},
        {"columns": "nope"},
        {"x": 1},
    ],
)
def test_a_bad_page(ready: Task, params):
    sentence(ready.get("/preview", **params), 422)


def test_a_bad_export_format(ready: Task):
    assert "xlsx" in sentence(ready.get("/export", format="docx"), 422)


@pytest.mark.parametrize("cursor", ["x", "WzFd", "W10"])
def test_a_bad_cursor(client, cursor):
    assert "nextCursor" in sentence(client.get(TASKS, params={"cursor": cursor}), 422)
    assert "nextCursor" in sentence(client.get("/api/v1/jobs", params={"cursor": cursor}), 422)


def test_a_bad_user_name(client):
    assert "x-sluice-user" in sentence(client.get(TASKS, headers={"x-sluice-user": "x" * 201}), 400)


def test_a_sheet_without_rows_ends_in_an_error_that_is_not_retried(upload):
    done = upload(workbook()).wait()

    assert (done["status"], done["state"], done["attempt"]) == ("error", "buried", 1)
    assert "row" in done["error"]


def test_a_damaged_workbook_ends_in_an_error_that_is_not_retried(upload):
    good = people(300)
    sheet = zipfile.ZipFile(io.BytesIO(good)).getinfo("xl/worksheets/sheet1.xml")
    middle = sheet.header_offset + sheet.compress_size // 2
    done = upload(good[:middle] + bytes(64) + good[middle + 64 :]).wait()

    assert (done["status"], done["attempt"]) == ("error", 1)
    assert "again" in done["error"]


def test_reading_what_has_failed_says_why(upload):
    task: Task = upload(workbook())
    task.wait()

    said = sentence(task.get("/preview"), 409)
    assert said == task.status()["error"]
