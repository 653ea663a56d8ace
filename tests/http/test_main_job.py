"""The main job: a workbook goes in over HTTP and comes out as clean data."""

from tests.http.files import CSV, people
from tests.http.task import Task


def test_an_upload_is_accepted_and_becomes_ready(upload):
    task: Task = upload(people(3), "人员.xlsx")
    assert task.answer.headers["location"] == task.accepted["statusUrl"]
    assert task.accepted["status"] == "processing"

    done = task.wait()

    assert (done["status"], done["state"], done["progress"]) == ("ready", "completed", 100)
    record = done["record"]
    assert (record["fileName"], record["totalRows"], record["totalCols"]) == ("人员.xlsx", 3, 2)
    assert [(c["name"], c["type"]) for c in record["columns"]] == [
        ("姓名 Name", "text"),
        ("age", "integer"),
    ]
    assert record["cleanDataKey"].startswith(f"sheets/{record['recordId']}/")
    assert record == task.data("")


def test_the_rows_can_be_previewed_streamed_and_exported(upload):
    task: Task = upload(CSV, "data.csv")
    task.wait()

    preview = task.data("/preview", limit=1, offset=1)
    assert (preview["rows"], preview["totalRows"]) == ([["李四", 27]], 2)
    assert [c["name"] for c in task.data("/preview", columns="age")["columns"]] == ["age"]
    lines = task.get("/data").text.splitlines()
    assert lines == ['{"name": "张三", "age": 31}', '{"name": "李四", "age": 27}']
    assert task.data("/profile")["columns"][1]["max"] == 31


def test_a_download_is_named_after_the_file(ready: Task):
    disposition = ready.get("/export", format="csv").headers["content-disposition"]

    assert disposition.startswith('attachment; filename="__ penguins.csv"; ')
    assert "filename*=UTF-8''%E4%BC%81%E9%B9%85%20penguins.csv" in disposition


def test_an_unchanged_status_is_answered_304(ready: Task, client):
    first = ready.get("/status")
    again = client.get(ready.url + "/status", headers={"If-None-Match": first.headers["etag"]})

    assert again.status_code == 304
    assert again.content == b""


def test_a_record_is_listed_for_its_owner_page_by_page(upload, client, stranger):
    for n in range(3):
        upload(people(2), f"{n}.xlsx")
    first = client.get("/api/v1/sheets/tasks", params={"limit": 2}).json()["data"]
    second = client.get(
        "/api/v1/sheets/tasks", params={"limit": 2, "cursor": first["nextCursor"]}
    ).json()["data"]

    names = [record["fileName"] for record in first["records"] + second["records"]]
    assert names[:3] == ["2.xlsx", "1.xlsx", "0.xlsx"]
    listed = stranger.get("/api/v1/sheets/tasks").json()["data"]
    assert listed == {"records": [], "nextCursor": None}


def test_jobs_are_listed_for_their_owner(upload, client, stranger):
    task: Task = upload(people())
    task.wait()

    newest = client.get("/api/v1/jobs", params={"limit": 1}).json()["data"]["jobs"][0]
    assert (newest["jobId"], newest["state"]) == (task.accepted["jobId"], "completed")
    assert stranger.get("/api/v1/jobs").json()["data"]["jobs"] == []
