"""U+0000, which no database holds: refused where it is sent, survived where a file has it."""

from __future__ import annotations

import io
import json
import zipfile

import openpyxl
import pytest

from tests.http.task import Task, data_of, sentence
from tests.screening.work import ris
from tests.worker.signs import wait_until

TEMPLATE = [{"name": "fever", "type": "boolean"}]
NUL = "a\0b"


def with_nul(marked: str) -> bytes:
    """A workbook in which a mark in a header and in a cell is an escaped NUL."""
    book = openpyxl.Workbook()
    for row in (["id", f"na{marked}me"], [1, f"An{marked}n"], [2, "Bob"]):
        book.active.append(row)
    plain, escaped = io.BytesIO(), io.BytesIO()
    book.save(plain)
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(escaped, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(marked.encode(), b"_x0000_"))
    return escaped.getvalue()


@pytest.mark.parametrize(
    "body", [{"asText": [NUL]}, {"types": {NUL: "date"}}, {"sheet": NUL}, {"key": ["\\", NUL]}]
)
def test_it_is_refused_in_json(upload, client, body):
    task: Task = upload(b"a,b\n1,2\n", "data.csv")
    task.wait()
    assert "U+0000" in sentence(client.post(f"{task.url}/parse", json=body), 422)


def test_what_only_looks_like_it_is_taken(upload, client):
    task: Task = upload(b"a,b\n1,2\n", "data.csv")
    task.wait()
    assert client.post(f"{task.url}/parse", json={"asText": [r"\u0000"]}).status_code == 202


@pytest.mark.parametrize(
    ("kind", "asked"),
    [
        ("sheets", {"files": {"file": ("a.csv", b"a\n1\n")}, "data": {"asText": NUL}}),
        (
            "screenings",
            {
                "files": {"file": ("a.ris", ris(1))},
                "data": {"criteria": json.dumps({"population": NUL})},
            },
        ),
        ("extractions", {"json": {"template": TEMPLATE, "texts": [NUL]}}),
    ],
)
def test_it_is_refused_in_what_starts_a_task(client, kind, asked):
    assert "U+0000" in sentence(client.post(f"/api/v1/{kind}/tasks", **asked), 422)


@pytest.mark.parametrize("path", ["/sheets/tasks", "/jobs"])
def test_it_is_refused_in_a_query(client, path):
    assert "U+0000" in sentence(client.get(f"/api/v1{path}", params={"cursor": NUL}), 422)


def test_a_header_that_has_it_loses_it_and_a_cell_keeps_it(upload):
    task: Task = upload(with_nul("MARK"), "nul.xlsx")
    assert task.wait()["status"] == "ready"
    page = task.data("/preview")
    assert [column["name"] for column in page["columns"]] == ["id", "name"]
    assert page["rows"][0] == [1, "An\0n"]


def test_references_are_read_without_it(client):
    answer = client.post(
        "/api/v1/screenings/tasks",
        files={"file": ("found.ris", ris(1).replace(b"TI  - ", b"TI  - \0", 1))},
        data={"criteria": json.dumps({"population": "adults"})},
    )
    url = ready(client, answer)
    (only,) = data_of(client.get(f"{url}/references"))["references"]
    assert only["reference"]["title"]
    assert "\0" not in only["reference"]["title"]


def test_values_are_taken_out_of_a_cell_that_has_it(upload, client):
    task: Task = upload(with_nul("MARK"), "nul.xlsx")
    task.wait()
    answer = client.post(
        "/api/v1/extractions/tasks",
        json={
            "template": TEMPLATE,
            "sheetId": task.accepted["recordId"],
            "column": "name",
        },
    )
    url = ready(client, answer)
    texts = data_of(client.get(f"{url}/texts"))["texts"]
    assert [text["text"] for text in texts] == ["An\ufffdn", "Bob"]


def ready(client, answer) -> str:
    """Wait for a task, and return its record's address."""
    assert answer.status_code == 202, answer.text
    url = answer.json()["data"]["statusUrl"]
    wait_until(lambda: data_of(client.get(url))["status"] == "ready", seconds=60)
    return url.partition("/status")[0]
