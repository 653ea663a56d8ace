"""An extraction over HTTP with the built-in rules: no key, no network."""

from __future__ import annotations

import csv
import io

import httpx

from tests.worker.signs import wait_until

TASKS = "/api/v1/extractions/tasks"
TEMPLATE = [
    {"name": "weight", "type": "number", "unit": "kg", "labels": ["体重"]},
    {"name": "fever", "type": "boolean", "labels": ["发热"], "required": True},
    {"name": "seen on", "type": "date", "labels": ["就诊日期"]},
]
NOTES = [
    "Seen on 3 March 2024. Weight 72.5 kg, denies fever.",
    "就诊日期：2024年3月5日。体重68公斤，有发热。",
    "Nothing of note.",
]


def data_of(answer: httpx.Response):
    assert answer.is_success, answer.text
    return answer.json()["data"]


def finish(client: httpx.Client, answer: httpx.Response) -> str:
    started = data_of(answer)
    wait_until(lambda: data_of(client.get(started["statusUrl"]))["status"] == "ready", seconds=60)
    return started["recordId"]


def test_values_come_with_their_exact_characters(client):
    answer = client.post(TASKS, json={"template": TEMPLATE, "texts": NOTES})
    assert answer.status_code == 202
    record_id = finish(client, answer)
    texts = data_of(client.get(f"{TASKS}/{record_id}/texts"))["texts"]
    said = [
        {
            value["field"]: (
                value["found"],
                value["value"],
                value["span"] and text["text"][value["span"]["start"] : value["span"]["end"]],
            )
            for value in text["values"]
        }
        for text in texts
    ]
    assert said == [
        {
            "weight": ("found", "72.5", "72.5 kg"),
            "fever": ("absent", "false", "denies fever"),
            "seen on": ("found", "2024-03-03", "3 March 2024"),
        },
        {
            "weight": ("found", "68", "68公斤"),
            "fever": ("found", "true", "发热"),
            "seen on": ("found", "2024-03-05", "2024年3月5日"),
        },
        dict.fromkeys(("weight", "fever", "seen on"), ("missing", None, None)),
    ]
    checks = [v["field"] for text in texts for v in text["values"] if v["toCheck"]]
    assert checks == ["fever"]


def test_texts_to_check_are_counted_and_can_be_asked_for(client):
    record_id = finish(client, client.post(TASKS, json={"template": TEMPLATE, "texts": NOTES}))

    def listed(**query) -> tuple[list[int], int, int | None]:
        page = data_of(client.get(f"{TASKS}/{record_id}/texts", params=query))
        return [each["number"] for each in page["texts"]], page["matched"], page["nextAfter"]

    assert listed(limit=2) == ([1, 2], 3, 2)
    assert listed(limit=2, after=2) == ([3], 3, None)
    assert listed(toCheck=True) == ([3], 1, None)
    assert listed(toCheck=False) == ([1, 2], 2, None)
    assert listed(toCheck=True, field="fever") == ([3], 1, None)
    assert listed(toCheck=True, field="weight") == ([], 0, None)
    url = f"{TASKS}/{record_id}/texts"
    assert client.get(url, params={"field": "weight"}).status_code == 422
    unknown = client.get(url, params={"field": "height", "toCheck": True})
    assert "weight, fever, seen on" in unknown.json()["detail"]

    none = {"agreed": 0, "absent": 0, "missing": 0, "conflict": 0, "unanswered": 0, "resolved": 0}
    assert data_of(client.get(f"{TASKS}/{record_id}/summary")) == {
        "texts": 3,
        "textsToCheck": 1,
        "fields": [
            {**none, "field": "weight", "agreed": 2, "missing": 1, "toCheck": 0},
            {**none, "field": "fever", "agreed": 1, "absent": 1, "missing": 1, "toCheck": 1},
            {**none, "field": "seen on", "agreed": 2, "missing": 1, "toCheck": 0},
        ],
    }
    said = {"number": 3, "field": "fever", "found": "missing"}
    data_of(client.post(f"{TASKS}/{record_id}/resolutions", json=said))
    summary = data_of(client.get(f"{TASKS}/{record_id}/summary"))
    assert summary["textsToCheck"] == 0
    assert summary["fields"][1]["resolved"] == 1
    assert listed(toCheck=True) == ([], 0, None)


def test_where_models_differ_is_to_be_checked_until_somebody_says(client, conn):
    record_id = finish(client, client.post(TASKS, json={"template": TEMPLATE, "texts": NOTES}))
    conn.execute(
        """
        update records.extracted set content = content || '{"value": "27"}'
         where extraction_id = %s and number = 2 and field = 'weight' and model = 'B'
        """,
        [record_id],
    )
    url = f"{TASKS}/{record_id}"
    query = {"toCheck": True, "field": "weight"}
    (text,) = data_of(client.get(f"{url}/texts", params=query))["texts"]
    assert (text["number"], text["values"][0]["agreement"]) == (2, "conflict")
    weight = data_of(client.get(f"{url}/summary"))["fields"][0]
    assert (weight["agreed"], weight["conflict"], weight["toCheck"]) == (1, 1, 1)
    said = {"number": 2, "field": "weight", "found": "found", "value": "68"}
    data_of(client.post(f"{url}/resolutions", json=said))
    assert data_of(client.get(f"{url}/texts", params=query))["matched"] == 0
    data_of(client.post(f"{url}/resolutions/undo"))
    assert data_of(client.get(f"{url}/texts", params=query))["matched"] == 1


def test_a_file_tells_what_is_in_conflict_from_what_is_not_answered_yet(client, conn):
    record_id = finish(client, client.post(TASKS, json={"template": TEMPLATE, "texts": NOTES}))
    for change in (
        """update records.extracted set content = content || '{"value": "27"}'
            where extraction_id = %s and number = 1 and field = 'weight' and model = 'B'""",
        """delete from records.extracted
            where extraction_id = %s and number = 2 and field = 'weight' and model = 'B'""",
    ):
        conn.execute(change, [record_id])
    table = client.get(f"{TASKS}/{record_id}/export", params={"format": "csv"}).text
    rows = csv.DictReader(io.StringIO(table.lstrip("\ufeff")))
    assert [(row["weight"], row["weight (found)"]) for row in rows] == [
        ("", "conflict"),
        ("", "unanswered"),
        ("", "missing"),
    ]
    summary = data_of(client.get(f"{TASKS}/{record_id}/summary"))
    assert [summary["fields"][0][each] for each in ("conflict", "unanswered")] == [1, 1]


def test_a_person_has_the_last_word_and_can_take_it_back(client):
    answer = client.post(TASKS, json={"template": TEMPLATE, "texts": NOTES})
    record_id = finish(client, answer)
    said = {"number": 3, "field": "weight", "found": "found", "value": "80"}
    text = data_of(client.post(f"{TASKS}/{record_id}/resolutions", json=said))
    assert text["values"][0]["value"] == "80"
    assert text["values"][0]["resolvedBy"] == "ann"
    text = data_of(client.post(f"{TASKS}/{record_id}/resolutions/undo"))
    assert text["values"][0]["found"] == "missing"
    table = client.get(f"{TASKS}/{record_id}/export", params={"format": "csv"}).text
    rows = list(csv.DictReader(io.StringIO(table.lstrip("\ufeff"))))
    assert rows[0]["weight"] == "72.5"
    assert rows[0]["fever (found)"] == "absent"


def test_what_was_extracted_from_a_column_becomes_columns(client):
    table = "id,note\n" + "\n".join(f'{n},"{note}"' for n, note in enumerate(NOTES, 1))
    sheet = data_of(client.post("/api/v1/sheets/tasks", files={"file": ("notes.csv", table)}))
    url = f"/api/v1/sheets/tasks/{sheet['recordId']}"
    wait_until(lambda: data_of(client.get(f"{url}/status"))["status"] == "ready", seconds=60)
    wanted = {"template": TEMPLATE, "sheetId": sheet["recordId"], "column": "note"}
    record_id = finish(client, client.post(TASKS, json=wanted))
    finish(client, client.post(f"{TASKS}/{record_id}/columns"))
    page = data_of(client.get(f"{url}/preview"))
    assert [column["name"] for column in page["columns"]] == [
        "id", "note", "weight", "fever", "seen on",
    ]  # fmt: skip
    assert [row[2:] for row in page["rows"]] == [
        [72.5, False, "2024-03-03"],
        [68.0, True, "2024-03-05"],
        [None, None, None],
    ]
    assert data_of(client.get(url))["version"] == 2
    assert data_of(client.get(f"{url}/recipe"))["recipe"] == []
    assert client.post(f"{TASKS}/{record_id}/columns").status_code == 409


def test_what_cannot_be_is_refused(client):
    both = {"template": TEMPLATE, "texts": ["a"], "sheetId": "0" * 32, "column": "b"}
    assert client.post(TASKS, json=both).status_code == 422
    twice = {"template": [TEMPLATE[0], TEMPLATE[0]], "texts": ["a"]}
    assert client.post(TASKS, json=twice).status_code == 422
    no_choices = {"template": [{"name": "a", "type": "choice"}], "texts": ["a"]}
    assert client.post(TASKS, json=no_choices).status_code == 422
