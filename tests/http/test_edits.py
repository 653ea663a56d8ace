"""Edits over HTTP: new versions, undo, redo, history, recipes, and who is refused."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable

import httpx
import openpyxl
import pytest

from tests.http.edits import Sheet
from tests.http.files import workbook
from tests.http.task import Task, data_of, sentence

HEAD = ("姓名 Name", "age", "town")
FILE = workbook(HEAD, ("张三", 31, "Bonn"), ("Ann", None, "Rom"), ("李四", 27, "Bonn"))
OTHER = workbook(HEAD, ("Bob", 40, "Rom"), ("Eve", None, "Ulm"))


@pytest.fixture
def sheet(client: httpx.Client, upload: Callable[..., Task]) -> Sheet:
    """A record of three people, ready."""
    return Sheet.of(client, upload(FILE))


def test_an_edit_makes_a_version_that_everything_shows(sheet):
    before = sheet.data()

    record = sheet.edit("compute", column="months", expression="age * 12", version=1)

    assert (record["version"], record["totalCols"], record["totalRows"]) == (2, 4, 3)
    last = record["columns"][-1]
    assert (last["name"], last["type"], last["blanks"]) == ("months", "integer", 1)
    assert record["columns"][1]["letter"] == "B"
    assert record["cleanDataKey"] != before["cleanDataKey"]
    assert sheet.rows() == [
        ["张三", 31, "Bonn", 372], ["Ann", None, "Rom", None], ["李四", 27, "Bonn", 324],
    ]  # fmt: skip
    assert sheet.data("/profile")["columns"][-1]["max"] == 372
    assert sheet.get("/data").text.splitlines()[0].endswith('"months": 372}')
    book = openpyxl.load_workbook(io.BytesIO(sheet.get("/export", format="xlsx").content))
    assert [cell.value for cell in next(book.active.iter_rows())] == [*HEAD, "months"]


def test_the_original_is_new_too(sheet):
    before = sheet.data()
    record = sheet.edit("sort", by=[{"column": "age"}])

    assert record["source"]["format"] == "xlsx"
    assert record["source"]["sheet"] == "Data"
    assert record["fileSha256"] != before["fileSha256"]
    assert record["fileSize"] > 0


def test_a_sheet_without_a_row_can_be_read_and_brought_back(sheet):
    sheet.edit("filter", conditions=[{"column": "town", "is": "=", "value": "nowhere"}])

    assert sheet.rows() == []
    assert sheet.data("/preview", limit=100)["rows"] == []
    assert names(data_of(sheet.post("/undo"))) == list(HEAD)
    assert len(sheet.rows()) == 3


def test_undo_and_redo_go_through_the_versions(sheet):
    sheet.edit("drop", columns=["town"])
    sheet.edit("rename", columns={"age": "年龄"})

    assert names(data_of(sheet.post("/undo", version=3))) == ["姓名 Name", "age"]
    assert names(data_of(sheet.post("/undo"))) == list(HEAD)
    assert sentence(sheet.post("/undo"), 409).startswith("There is nothing to undo")
    assert data_of(sheet.post("/redo"))["version"] == 2
    assert data_of(sheet.post("/redo"))["version"] == 3
    assert sentence(sheet.post("/redo"), 409).startswith("There is nothing to redo")
    assert [len(row) for row in sheet.rows()] == [2, 2, 2]


def names(record) -> list[str]:
    return [column["name"] for column in record["columns"]]


def test_an_edit_after_undo_leaves_what_was_undone_behind(sheet):
    sheet.edit("drop", columns=["town"])
    sheet.post("/undo")

    record = sheet.edit("drop", columns=["age"])

    assert record["version"] == 3
    assert [each["version"] for each in sheet.data("/history")["versions"]] == [1, 3]
    assert data_of(sheet.post("/undo"))["version"] == 1
    assert data_of(sheet.post("/redo"))["version"] == 3


def test_the_history_tells_what_was_done_by_whom(sheet):
    assert [each["version"] for each in sheet.data("/history")["versions"]] == [1]
    sheet.edit("filter", conditions=[{"column": "town", "is": "=", "value": "Bonn"}])
    sheet.post("/undo")

    first, second = sheet.data("/history")["versions"]

    assert (first["actions"], first["totalRows"], first["current"]) == (None, 3, True)
    assert (second["totalRows"], second["totalCols"], second["current"]) == (2, 3, False)
    assert second["createdBy"] == "ann"
    assert second["actions"][0]["conditions"] == [{"column": "town", "is": "=", "value": "Bonn"}]
    assert first["createdAt"] < second["createdAt"]


def test_a_recipe_is_replayed_on_another_file(sheet, client, upload):
    sheet.edit("fill", columns=["age"], method="constant", value=0)
    sheet.edit("group", by=["town"], aggregates=[{"column": "age", "figure": "sum"}])
    other = Sheet.of(client, upload(OTHER))

    recipe = sheet.data("/recipe")["recipe"]
    status = other.end_of(other.post("/actions", recipe=recipe, version=1))

    assert [each["action"] for each in recipe] == ["fill", "group"]
    assert status["record"]["version"] == 2
    assert other.rows() == [["Rom", 40], ["Ulm", 0]]
    assert other.data("/recipe")["recipe"] == recipe


def test_the_recipe_is_that_of_the_current_version(sheet):
    assert sheet.data("/recipe")["recipe"] == []
    sheet.edit("drop", columns=["town"])
    sheet.post("/undo")

    assert sheet.data("/recipe")["recipe"] == []


def test_a_recipe_is_done_as_a_whole_or_not_at_all(sheet):
    recipe = [
        {"action": "drop", "columns": ["town"]},
        {"action": "compute", "column": "x", "expression": "town || '!'"},
    ]

    status = sheet.end_of(sheet.post("/actions", recipe=recipe))

    assert status["status"] == "error"
    assert status["error"].startswith("Action 2 (compute): There is no column 'town'.")
    assert sheet.data()["version"] == 1
    assert sheet.data("/status")["status"] == "ready"


def test_columns_of_another_record_are_joined(sheet, client, upload):
    other = Sheet.of(client, upload(workbook(("Town", "land"), ("Bonn", "DE"), ("Rom", "IT"))))
    on = [{"left": "town", "right": "Town"}]

    sheet.edit("join", record=other.id, on=on)

    assert [row[-1] for row in sheet.rows()] == ["DE", "IT", "DE"]
    wrong = sheet.act("join", record=other.id, on=[{"left": "town", "right": "Stadt"}])
    assert "no column 'Stadt'" in sentence(wrong, 422)


def test_a_stale_version_is_refused(sheet):
    sheet.edit("drop", columns=["town"])

    for answer in (sheet.act("drop", columns=["age"], version=1), sheet.post("/undo", version=1)):
        assert "at version 2 by now, and version 1 was expected" in sentence(answer, 409)
        assert answer.json()["version"] == 2


def test_of_two_edits_at_once_one_is_refused(sheet):
    start, answers = threading.Barrier(2), []

    def race(column: str) -> None:
        start.wait()
        answers.append(sheet.act("drop", columns=[column], version=1))

    threads = [threading.Thread(target=race, args=(column,)) for column in ("age", "town")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    won, lost = sorted(answers, key=lambda answer: answer.status_code)
    assert (won.status_code, lost.status_code) == (202, 409)
    assert sheet.end_of(won)["record"]["version"] == 2
    assert len(sheet.data("/history")["versions"]) == 2


def test_an_edit_of_a_record_that_moves_on_meanwhile_is_not_saved(sheet, conn):
    with conn.transaction():
        conn.execute("update queue.policy set paused = true where queue = 'edit_sheet'")
    try:
        answer = sheet.act("drop", columns=["town"])
        conn.execute("update records.sheet set version = 7 where id = %s", [sheet.id])
    finally:
        conn.execute("update queue.policy set paused = false where queue = 'edit_sheet'")

    status = sheet.end_of(answer)

    assert status["status"] == "error"
    assert "at version 7 by now, and version 1 was expected" in status["error"]
    assert len(sheet.data()["columns"]) == 3


def test_while_an_edit_waits_its_job_is_processing_and_the_rest_is_refused(sheet, conn):
    sheet.edit("trim")
    conn.execute("update queue.policy set paused = true where queue = 'edit_sheet'")
    try:
        answer = sheet.act("drop", columns=["town"])
        job = answer.json()["data"]["jobId"]

        assert sheet.data("/status", jobId=job)["status"] == "processing"
        assert sheet.data("/status")["status"] == "processing"
        assert len(sheet.rows()[0]) == 3
        for other in (sheet.act("drop", columns=["age"]), sheet.post("/undo")):
            assert sentence(other, 409).startswith(f"Job {job} is editing this")
            assert other.json()["jobId"] == job
    finally:
        conn.execute("update queue.policy set paused = false where queue = 'edit_sheet'")
    assert sheet.end_of(answer)["record"]["version"] == 3


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"action": "drop", "columns": ["x"]}, "There is no column 'x'"),
        ({"action": "fill", "columns": ["town"], "method": "mean"}, "is of type text"),
        ({"action": "explode"}, "an 'action': bin, change_type"),
        ({}, "send a 'recipe', or an 'action'"),
        ({"action": "drop"}, "columns"),
        ({"action": "drop", "columns": ["age"], "colour": "red"}, "colour"),
        ({"recipe": []}, "recipe"),
        ({"recipe": [{"action": "drop", "columns": ["age"]}] * 2}, "Action 2 (drop): There is no"),
        (
            {"action": "join", "record": "00000000-0000-0000-0000-000000000001",
             "on": [{"left": "age", "right": "x"}]},
            "no record",
        ),
    ],
)  # fmt: skip
def test_what_is_known_to_fail_is_refused_at_once(sheet, fields, says):
    assert says in sentence(sheet.post("/actions", **fields), 422)


def test_nobody_else_may_edit_or_join(sheet, stranger, upload):
    theirs = Sheet(stranger, sheet.id)

    for path in ("/actions", "/undo", "/redo"):
        fields = {"action": "drop", "columns": ["age"]} if path == "/actions" else {}
        sentence(theirs.post(path, **fields), 404)
    for path in ("/history", "/recipe"):
        sentence(theirs.get(path), 404)
    own = Sheet.of(stranger, Task(stranger, stranger.post(
        "/api/v1/sheets/tasks", files={"file": ("own.xlsx", OTHER)}
    )))  # fmt: skip
    on = [{"left": "town", "right": "town"}]
    assert "no record" in sentence(own.act("join", record=sheet.id, on=on), 422)


@pytest.mark.parametrize(
    ("expression", "says"),
    [
        ("(select content from read_text('/etc/passwd'))", "may not contain subquery"),
        ("getenv('DATABASE_URL')", "may not contain the function getenv"),
        ("length(repeat('x', 4000000000))", "memory"),
        ("cast(town as integer)", "cannot be computed"),
    ],
)
def test_a_hostile_expression_ends_its_job_and_nothing_else(sheet, expression, says):
    status = sheet.end_of(sheet.act("compute", column="x", expression=expression))

    assert status["status"] == "error"
    assert says in status["error"]
    assert sheet.edit("trim")["version"] == 2


def test_only_the_last_versions_keep_their_files(sheet, conn):
    for number in range(21):
        sheet.edit("rename", columns={names(sheet.data())[0]: f"name {number}"})

    versions = sheet.data("/history")["versions"]

    assert [each["kept"] for each in versions] == [False] * 2 + [True] * 20
    assert len(sheet.data("/recipe")["recipe"]) == 21
    kept = conn.execute(
        "select count(*) from records.sheet_version where record_id = %s and file_key is not null",
        [sheet.id],
    ).fetchone()
    assert kept == (20,)
    undone = 0
    while sheet.post("/undo").status_code == 200:
        undone += 1
    assert undone == 19


def test_a_deleted_record_leaves_no_version(sheet, client, conn):
    sheet.edit("trim")
    client.delete(sheet.url)

    left = "select count(*) from records.sheet_version where record_id = %s"
    assert conn.execute(left, [sheet.id]).fetchone() == (0,)
