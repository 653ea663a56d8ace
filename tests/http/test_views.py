"""Filters, order and columns over HTTP; what a browser need not fetch twice."""

from __future__ import annotations

import json

import pytest

from tests.http.task import Task, data_of, sentence

CSV = """名,age,城市,day
张三,31,北京,2024-05-06
李四,27,上海,2024-05-07
ann,,北京,
bob,45,Wien,2023-01-01
"""


@pytest.fixture(scope="module")
def sheet(system, ready) -> Task:
    """Four people; `ready` keeps the system's caller."""
    client = ready._client
    task = Task(
        client, client.post("/api/v1/sheets/tasks", files={"file": ("人.csv", CSV.encode())})
    )
    assert task.wait()["status"] == "ready"
    return task


def test_pages_are_filtered_sorted_and_projected(sheet):
    found = sheet.data(
        "/preview", filter=["城市:eq:北京", "age:notblank"], sort="-age", columns=["名", "age"]
    )

    assert found["rows"] == [["张三", 31]]
    assert [column["name"] for column in found["columns"]] == ["名", "age"]
    assert (found["totalRows"], found["matchedRows"]) == (4, 1)
    assert [row[0] for row in sheet.data("/preview", sort="城市,-age")["rows"]] == [
        *("bob", "李四", "张三", "ann")
    ]
    page = sheet.data("/preview", sort="-age", offset=1, limit=2)
    assert ([row[1] for row in page["rows"]], page["matchedRows"]) == ([31, 27], 4)


def test_rows_and_downloads_are_filtered_too(sheet):
    wanted = {"filter": "day:ge:2024-01-01", "columns": ["名", "day"]}
    rows = [{"名": "张三", "day": "2024-05-06"}, {"名": "李四", "day": "2024-05-07"}]

    streamed = sheet.get("/data", **wanted)

    assert [json.loads(line) for line in streamed.text.splitlines()] == rows
    assert sheet.get("/export", format="json", **wanted).json() == rows
    text = sheet.get("/export", format="csv", **wanted).content.decode("utf-8-sig")
    assert text == "名,day\r\n张三,2024-05-06\r\n李四,2024-05-07\r\n"


@pytest.mark.parametrize("path", ["/preview", "/data", "/export"])
def test_a_filter_that_cannot_be_used_is_said(sheet, path):
    assert "no column 'Age'" in sentence(sheet.get(path, filter="Age:gt:3"), 422)
    assert "give a whole number" in sentence(sheet.get(path, filter="age:gt:old"), 422)
    assert "to filter by: use one of eq" in sentence(sheet.get(path, filter="age:~:3"), 422)


@pytest.mark.parametrize("query", [{}, {"limit": 2}, {"sort": "-age", "filter": "age:gt:1"}])
def test_a_page_that_the_caller_has_is_not_sent_again(sheet, query):
    first = sheet.get("/preview", **query)
    etag = first.headers["etag"]

    again = sheet._client.get(sheet.url + "/preview", params=query, headers={"if-none-match": etag})

    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == etag
    assert sheet.get("/preview", **query, offset=1).headers["etag"] != etag


def test_the_first_page_is_the_same_by_either_way(sheet):
    stored, read = sheet.data("/preview"), sheet.data("/preview", limit=99)

    assert {**stored, "limit": 99} == read


def test_correlation_is_there_when_it_is_asked_for(client, upload):
    rows = "".join(f"{n},{2 * n + 1},{-n if n % 7 else ''},x\n" for n in range(50))
    task = upload(f"a,b,c,s\n{rows}".encode(), "numbers.csv")
    assert task.wait()["status"] == "ready"

    assert task.data("/profile")["correlation"] is None
    found = task.data("/profile", correlation="true")["correlation"]
    assert found["columns"] == ["a", "b", "c"]
    assert [[round(r, 9) for r in row] for row in found["r"]] == [
        [1, 1, -1],
        [1, 1, -1],
        [-1, -1, 1],
    ]
    some = data_of(task.get("/profile", correlation="true", columns=["c", "a"]))["correlation"]
    assert some["columns"] == ["c", "a"]
    assert "only integers and decimals" in sentence(
        task.get("/profile", correlation="true", columns=["s"]), 422
    )
