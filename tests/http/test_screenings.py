"""A screening over HTTP with the built-in models: no key, no network."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import xml.etree.ElementTree as ET
from base64 import b64encode

import httpx
import pytest

from functions.worker.references.read import read
from tests.screening.work import ris
from tests.worker.signs import wait_until

TASKS = "/api/v1/screenings/tasks"
CRITERIA = {
    "population": "adults with sleep apnoea",
    "intervention": "myofunctional therapy",
    "exclude": ["animal study"],
}


def begin(client: httpx.Client, data: bytes, **fields: str) -> str:
    answer = client.post(
        TASKS,
        files={"file": ("found.ris", data)},
        data={"criteria": json.dumps(CRITERIA), **fields},
    )
    assert answer.status_code == 202, answer.text
    assert answer.headers["location"] == answer.json()["data"]["statusUrl"]
    status_url = answer.json()["data"]["statusUrl"]
    wait_until(lambda: data_of(client.get(status_url))["status"] == "ready", seconds=60)
    return answer.json()["data"]["recordId"]


def data_of(answer: httpx.Response):
    assert answer.is_success, answer.text
    return answer.json()["data"]


@pytest.fixture(scope="module")
def screened(system):
    with httpx.Client(base_url=system.url, headers={"x-sluice-user": "sue"}, timeout=60) as sue:
        again = ris(1, start=3).replace(b"DO  - 10.1000/test.3\n", b"")
        yield sue, begin(sue, ris(70) + again)


def test_references_are_read_and_those_that_repeat_are_named(screened):
    client, record_id = screened
    record = data_of(client.get(f"{TASKS}/{record_id}"))
    assert (record["totalRecords"], record["duplicates"]) == (71, 1)
    assert record["models"] == ["builtin-bm25", "builtin-wordllama-256"]
    page = data_of(
        client.get(f"{TASKS}/{record_id}/references", params={"order": "number", "offset": 70})
    )
    (last,) = page["references"]
    assert (last["reference"]["duplicateOf"], last["reference"]["duplicateBy"]) == (3, "title")


def test_what_is_looked_for_comes_first_with_its_words_quoted(screened):
    client, record_id = screened
    page = data_of(client.get(f"{TASKS}/{record_id}/references", params={"limit": 10}))
    first = page["references"]
    assert all(each["reference"]["number"] % 7 == 0 for each in first)
    for criterion in first[0]["a"]["criteria"]:
        if quote := criterion["quote"]:
            text = first[0]["reference"][quote["field"]]
            assert text[quote["start"] : quote["end"]] == quote["text"]
    assert first[0]["outcome"] == "include"


def test_a_page_says_how_many_match_and_what_has_put_them_into_order(screened):
    client, record_id = screened
    url = f"{TASKS}/{record_id}/references"
    summary = data_of(client.get(f"{TASKS}/{record_id}/summary"))
    for outcome, count in summary["outcomes"].items():
        page = data_of(client.get(url, params={"outcome": outcome, "limit": 1}))
        assert (page["matched"], len(page["references"])) == (count, min(count, 1))
    assert sum(summary["outcomes"].values()) == 70
    everything = data_of(client.get(url, params={"limit": 500}))
    assert everything["matched"] == len(everything["references"]) == 71
    beyond = data_of(client.get(url, params={"offset": 71}))
    assert (beyond["matched"], beyond["references"]) == (71, [])
    assert everything["rankedWith"] == {
        "model": "builtin-bm25 + builtin-wordllama-256",
        "decisions": 0,
    }


def test_decisions_count_first_can_be_undone_and_teach_the_order(screened, conn):
    client, record_id = screened
    url = f"{TASKS}/{record_id}/decisions"
    wanted = {"number": 1, "decision": "include", "reason": "on second thought"}
    decided = data_of(client.post(url, json=wanted))
    assert decided["human"]["reason"] == "on second thought"
    data_of(client.post(url, json={"number": 7, "decision": "exclude"}))
    ranked = "select ranked_with from records.screening where id = %s"
    wait_until(lambda: conn.execute(ranked, [record_id]).fetchone() >= (2,), seconds=30)
    assert data_of(client.get(f"{TASKS}/{record_id}/status"))["status"] == "ready"
    page = data_of(client.get(f"{TASKS}/{record_id}/references", params={"decided": True}))
    assert page["matched"] == 2
    assert page["rankedWith"] == {
        "model": "builtin-bayes + builtin-kernel-ridge",
        "decisions": 2,
    }
    summary = data_of(client.get(f"{TASKS}/{record_id}/summary"))
    assert sum(summary["undecided"].values()) == sum(summary["outcomes"].values()) - 2
    undone = data_of(client.post(f"{url}/undo", json={}))
    assert (undone["reference"]["number"], undone["human"]) == (7, None)
    data_of(client.post(f"{url}/undo", json={"number": 1}))
    assert client.post(f"{url}/undo").status_code == 409
    assert client.post(url, json={"number": 999, "decision": "include"}).status_code == 404


def test_the_counts_add_up_and_are_drawn(screened):
    client, record_id = screened
    summary = data_of(client.get(f"{TASKS}/{record_id}/summary"))
    prisma = summary["prisma"]
    assert (prisma["identified"], prisma["duplicatesRemoved"], prisma["screened"]) == (71, 1, 70)
    assert prisma["excluded"] + prisma["awaiting"] + prisma["sought"] == 70
    assert summary["judged"] == 70
    assert 0 <= summary["agreement"] <= 1
    picture = client.get(f"{TASKS}/{record_id}/prisma.svg")
    assert picture.headers["content-type"].startswith("image/svg+xml")
    root = ET.fromstring(picture.text)
    assert "71 identified" in root.attrib["aria-label"]


@pytest.mark.parametrize(
    ("asked", "accepted", "language", "word"),
    [
        (None, "zh-CN,zh;q=0.9,en;q=0.5", "zh", "检索到的文献"),
        (None, "en-GB,en;q=0.9", "en", "Records identified"),
        (None, "fr", "en", "Records identified"),
        ("zh", "en", "zh", "尚未决定"),
        ("en", "zh", "en", "Studies included in review"),
    ],
)
def test_the_picture_speaks_the_language_that_is_asked_for(
    screened, asked, accepted, language, word
):
    client, record_id = screened
    answer = client.get(
        f"{TASKS}/{record_id}/prisma.svg",
        params={} if asked is None else {"lang": asked},
        headers={"accept-language": accepted},
    )
    assert answer.headers["content-language"] == language
    assert answer.headers["vary"] == "Accept-Language"
    assert word in answer.text
    style = ET.fromstring(answer.text).findtext("{http://www.w3.org/2000/svg}style")
    digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"'sha256-{digest}'" in answer.headers["content-security-policy"]


def test_a_long_reason_stays_within_its_box(screened):
    client, record_id = screened
    url = f"{TASKS}/{record_id}/decisions"
    reason = "没有报告主要结局指标并且随访时间不足十二个月因此不符合纳入标准"
    for stage in (
        {"decision": "include"},
        {"decision": "exclude", "stage": "fullText", "reason": reason},
    ):
        data_of(client.post(url, json={"number": 14, **stage}))
    text = client.get(f"{TASKS}/{record_id}/prisma.svg", params={"lang": "zh"}).text
    lines = [each.text for each in ET.fromstring(text).iter("{http://www.w3.org/2000/svg}text")]
    assert f"{reason} (n = 1)" in "".join(lines)
    # A byte for each half of a full width.
    assert max(len(each.encode("gb18030")) for each in lines) <= 38
    for _ in range(2):
        data_of(client.post(f"{url}/undo", json={"number": 14}))


def test_agreed_exclusions_can_be_sampled_and_the_same_seed_draws_the_same(screened):
    client, record_id = screened
    first, second = (
        data_of(client.get(f"{TASKS}/{record_id}/error-sample", params={"size": 5, "seed": 3}))
        for _ in range(2)
    )
    assert first == second
    assert all(each["outcome"] == "exclude" for each in first["references"])


def test_it_is_exported_for_reference_managers_and_as_a_table(screened):
    client, record_id = screened
    url = f"{TASKS}/{record_id}/export"
    text = client.get(url, params={"format": "ris"}).text
    assert text.startswith("TY  - JOUR")
    assert {line[2:6] for line in text.splitlines() if line} == {"  - "}
    assert text.count("TY  - JOUR") == 71
    assert [each.title for each in read(text.encode(), {})] == [
        each["reference"]["title"]
        for each in data_of(
            client.get(f"{TASKS}/{record_id}/references", params={"order": "number", "limit": 100})
        )["references"]
    ]
    assert "outcome: " in text
    rows = list(csv.DictReader(io.StringIO(client.get(url, params={"format": "csv"}).text)))
    assert len(rows) == 71
    assert client.get(url, params={"format": "xlsx"}).content.startswith(b"PK")


def test_a_stranger_sees_nothing_and_deletion_leaves_nothing(screened, stranger, conn, client):
    _, record_id = screened
    assert stranger.get(f"{TASKS}/{record_id}").status_code == 404
    own = begin(client, ris(5))
    assert client.delete(f"{TASKS}/{own}").status_code == 200
    assert client.get(f"{TASKS}/{own}").status_code == 404
    left = "select count(*) from records.verdict where screening_id = %s"
    assert conn.execute(left, [own]).fetchone() == (0,)


@pytest.mark.parametrize(
    ("criteria", "says"),
    [("{}", "say what to include"), ("no JSON", "criteria"), ('{"populaton": "x"}', "populaton")],
)
def test_criteria_that_say_nothing_are_refused(client, criteria, says):
    answer = client.post(TASKS, files={"file": ("a.ris", ris(1))}, data={"criteria": criteria})
    assert answer.status_code == 422
    assert says in answer.json()["detail"]
