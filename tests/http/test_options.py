"""What a user says about how a file is to be read."""

from __future__ import annotations

import json

import pytest

from tests.http.files import CSV, workbook
from tests.http.task import Task, sentence

SHEET = workbook(
    ("code", "born"), ("007", "5/6/2024"), ("12", "6/6/2024"), ("30", "7/6/2024"), ("4", "8/6/2024")
)


def start(client, content=SHEET, fields=None, name="data.xlsx", **extra):
    return client.post(
        "/api/v1/sheets/tasks", files={"file": (name, content)}, data=fields or {}, **extra
    )


def rows(task):
    return task.data("/preview")["rows"]


def types(status):
    return {column["name"]: column["type"] for column in status["record"]["columns"]}


def test_fields_beside_the_file_say_how_to_read_it(client):
    fields = {"dateOrder": "monthFirst", "types": json.dumps({"code": "integer"})}
    task = Task(client, start(client, fields=fields))

    status = task.wait()

    assert types(status) == {"code": "integer", "born": "date"}
    assert rows(task)[0] == [7, "2024-05-06"]
    assert status["record"]["source"]["given"] == ["types", "dateOrder"]


def test_all_options_fit_into_one_field(client):
    task = Task(client, start(client, fields={"options": json.dumps({"asText": ["*"]})}))

    task.wait()

    assert rows(task)[1] == ["12", "6/6/2024"]


def test_the_record_answers_options_that_read_another_file_the_same_way(client):
    first = Task(client, start(client, fields={"headerRow": "0"}))
    told = first.wait()["record"]["source"]["options"]

    again = Task(client, start(client, fields={"options": json.dumps(told)}))
    record = again.wait()["record"]

    assert told["headerRow"] == 0
    assert record["source"]["options"] == told
    assert rows(again) == rows(first)
    assert len(rows(again)) == 5


def test_a_record_is_read_again_in_another_way(client):
    task = Task(client, start(client))
    before = task.wait()["record"]

    answer = client.post(
        f"{task.url}/parse", json={"asText": ["born"], "types": {"code": "integer"}}
    )
    assert answer.status_code == 202, answer.text
    again = Task(client, answer)
    after = again.wait()["record"]

    assert after["recordId"] == before["recordId"]
    assert after["cleanDataKey"] != before["cleanDataKey"]
    assert after["version"] == before["version"]
    assert rows(task)[0] == [7, "5/6/2024"]


def test_a_first_parse_that_failed_can_be_repaired(client):
    task = Task(client, start(client, fields={"sheet": "nowhere"}))
    assert "There is no sheet 'nowhere'" in task.wait()["error"]

    again = Task(client, client.post(f"{task.url}/parse", json={}))

    assert again.wait()["status"] == "ready"
    assert len(rows(again)) == 4


def test_only_the_owner_reads_again(client, stranger):
    task = Task(client, start(client))
    task.wait()

    assert "no such record" in sentence(stranger.post(f"{task.url}/parse", json={}), 404)


def test_csv_dialects_are_options(client):
    content = "name;note\nAnn;'ä;b'\n".encode("cp1252")
    fields = {"encoding": "cp1252", "delimiter": ";", "quote": "'"}
    task = Task(client, start(client, content, {**fields, "headerRow": "1"}, name="x.csv"))

    record = task.wait()["record"]

    assert rows(task) == [["Ann", "ä;b"]]
    source = record["source"]
    assert (source["encoding"], source["delimiter"], source["quote"]) == ("cp1252", ";", "'")


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"headerRow": "x"}, "headerRow"),
        ({"headerRow": "3,2"}, "go downwards"),
        ({"types": "[1]"}, "JSON object"),
        ({"types": '{"a": "colour"}'}, "types.a"),
        ({"encoding": "base64"}, "no encoding"),
        ({"delimiter": "ab"}, "one character"),
        ({"options": "{"}, "JSON object"),
        ({"colour": "red"}, "only 'file' and"),
        ({"asText": "x" * 300_000}, "too long"),
    ],
)
def test_a_wrong_value_gets_a_sentence(client, fields, wrong):
    assert wrong in sentence(start(client, fields=fields), 422)


def test_more_options_than_a_job_can_carry_are_refused(client):
    task = Task(client, start(client))
    task.wait()

    answer = client.post(f"{task.url}/parse", json={"asText": ["x" * 400] * 1_000})

    assert "too many options" in sentence(answer, 422)


def test_the_same_key_with_other_options_is_another_request(client):
    key = {"Idempotency-Key": "options-1"}
    first = start(client, CSV, name="a.csv", headers=key)
    other = start(client, CSV, {"headerRow": "0"}, name="a.csv", headers=key)

    assert first.status_code == 202
    assert "another request before" in sentence(other, 422)
