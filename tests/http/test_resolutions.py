"""What people say of a field, in Chinese and English: for every type, said and taken back."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.http.test_extractions import TASKS, data_of, finish

TEMPLATE = [
    {"name": "weight", "type": "number", "unit": "kg", "labels": ["体重"]},
    {"name": "fever", "type": "boolean", "labels": ["发热"]},
    {"name": "seen on", "type": "date", "labels": ["就诊日期"]},
    {"name": "grade", "type": "choice", "choices": ["mild", "severe", "轻度", "重度"]},
    {"name": "remark", "type": "text"},
]
NOTES = ["Nothing of note 𠮷.", "无特殊。"]


@pytest.fixture(scope="module")
def extraction(system):
    with httpx.Client(base_url=system.url, headers={"x-sluice-user": "rita"}, timeout=60) as rita:
        url = finish(rita, rita.post(TASKS, json={"template": TEMPLATE, "texts": NOTES}))
        yield rita, f"{TASKS}/{url}"


def value(text: dict[str, Any], field: str) -> dict[str, Any]:
    return next(each for each in text["values"] if each["field"] == field)


@pytest.mark.parametrize("number", [1, 2], ids=["English", "Chinese"])
@pytest.mark.parametrize(
    ("field", "said", "kept"),
    [
        ("weight", "72.50", "72.5"),
        ("weight", "72.5 kg", "72.5"),
        ("weight", "1,068公斤", "1068"),
        ("fever", "yes", "true"),
        ("fever", "无", "false"),
        ("seen on", "2024-03-05", "2024-03-05"),
        ("seen on", "5 March 2024", "2024-03-05"),
        ("seen on", "2024年3月5日", "2024-03-05"),
        ("grade", "Severe", "severe"),
        ("grade", "重度", "重度"),
        ("remark", " none at all ", "none at all"),
        ("remark", "病情平稳", "病情平稳"),
    ],
)
def test_a_value_of_its_type_is_kept_in_one_form_and_can_be_taken_back(
    extraction, number, field, said, kept
):
    client, url = extraction
    before = data_of(client.get(f"{url}/texts"))["texts"][number - 1]
    body = {
        "number": number,
        "field": field,
        "found": "found",
        "value": said,
        "span": {"start": 0, "end": 2},
    }
    resolved = value(data_of(client.post(f"{url}/resolutions", json=body)), field)
    assert (resolved["found"], resolved["value"]) == ("found", kept)
    assert resolved["span"] == {"start": 0, "end": 2}
    assert (resolved["resolvedBy"], resolved["toCheck"]) == ("rita", False)
    assert data_of(client.post(f"{url}/resolutions/undo")) == before


@pytest.mark.parametrize("found", ["absent", "missing"])
@pytest.mark.parametrize("field", [each["name"] for each in TEMPLATE])
def test_what_is_not_there_needs_no_value_and_can_be_taken_back(extraction, field, found):
    client, url = extraction
    body = {"number": 2, "field": field, "found": found}
    resolved = value(data_of(client.post(f"{url}/resolutions", json=body)), field)
    # As models say it: a yes or no that a text denies is no.
    denied = "false" if (field, found) == ("fever", "absent") else None
    assert (resolved["found"], resolved["value"]) == (found, denied)
    undone = value(data_of(client.post(f"{url}/resolutions/undo")), field)
    assert undone["resolvedBy"] is None


def test_what_models_say_of_a_denial_can_be_said_again(extraction):
    client, url = extraction
    body = {"number": 1, "field": "fever", "found": "absent", "value": "false"}
    assert value(data_of(client.post(f"{url}/resolutions", json=body)), "fever")["value"] == "false"
    data_of(client.post(f"{url}/resolutions/undo"))


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ({"field": "weight", "found": "absent", "value": "3"}, "leave 'value' out"),
        ({"field": "remark", "found": "missing", "value": "无"}, '"found": "found"'),
        ({"field": "fever", "found": "absent", "value": "true"}, "leave 'value' out"),
        ({"field": "weight", "found": "found"}, "a number such as 72.5, in kg"),
        ({"field": "weight", "found": "found", "value": "heavy"}, "not 'heavy'"),
        ({"field": "weight", "found": "found", "value": "160 lb"}, "in kg"),
        ({"field": "weight", "found": "found", "value": "约 3 次"}, "a number"),
        ({"field": "fever", "found": "found", "value": "也许"}, "true or false"),
        ({"field": "seen on", "found": "found", "value": "2024-02-30"}, "2024-03-05"),
        ({"field": "grade", "found": "found", "value": "中度"}, "mild, severe, 轻度, 重度"),
        ({"field": "remark", "found": "found", "value": " "}, "not empty"),
        ({"field": "height", "found": "missing"}, "weight, fever, seen on, grade, remark"),
        (
            {"field": "weight", "found": "missing", "span": {"start": 3, "end": 300}},
            "which has 18 characters",
        ),
        ({"field": "weight", "found": "missing", "span": {"start": 3, "end": 3}}, "start comes"),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_do(extraction, body, says):
    client, url = extraction
    answer = client.post(f"{url}/resolutions", json={"number": 1, **body})
    assert answer.status_code == 422
    assert says in answer.json()["detail"]


def test_a_text_that_is_not_there_is_not_found(extraction):
    client, url = extraction
    body = {"number": 3, "field": "weight", "found": "missing"}
    assert client.post(f"{url}/resolutions", json=body).status_code == 404
