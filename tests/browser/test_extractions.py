"""An extraction by hand: from texts and a template to columns of the sheet and a file."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.literature import TEMPLATE, notes
from tests.http.task import Task, data_of

TASKS = "/api/v1/extractions/tasks"
SIX = notes(6)
CONFLICT = 5
"""The number of the text in which the two baselines find different weights."""


def ready(client, answer) -> Task:
    task = Task(client, answer)
    assert task.wait()["status"] == "ready"
    return task


@pytest.fixture
def extracted(client) -> Task:
    return ready(client, client.post(TASKS, json={"template": TEMPLATE, "texts": SIX}))


@pytest.fixture
def sheet(client) -> Task:
    out = io.StringIO()
    csv.writer(out).writerows([["id", "note"], *enumerate(SIX, 1)])
    files = {"file": ("ward notes.csv", out.getvalue().encode())}
    return ready(client, client.post("/api/v1/sheets/tasks", files=files))


def opened(page: Page, task: Task, number: int) -> None:
    page.goto(f"/extractions/{task.accepted['recordId']}")
    texts = page.get_by_role("list", name="Texts")
    texts.get_by_role("listitem").nth(number - 1).get_by_role("button").click()
    expect(page.get_by_role("article", name=f"Text {number}")).to_be_visible()


def value(client, task: Task, number: int, field: str):
    url = f"{TASKS}/{task.accepted['recordId']}/texts"
    (text,) = data_of(client.get(url, params={"after": number - 1, "limit": 1}))["texts"]
    return next(each for each in text["values"] if each["field"] == field)


def card(page: Page, field: str):
    fields = page.get_by_role("complementary", name="Fields")
    head = page.get_by_role("button", name=re.compile(f"^{field}"), expanded=None)
    return fields.get_by_role("listitem").filter(has=head)


def test_fields_are_extracted_from_pasted_texts(page, client):
    page.goto("/extractions")
    page.get_by_role("link", name="New extraction").click()
    page.get_by_label("Texts", exact=True).fill("\n\n".join(SIX))
    expect(page.get_by_text("6 texts; an empty line is between two")).to_be_visible()
    start = page.get_by_role("button", name="Start the extraction")
    expect(start).to_be_disabled()
    first = page.get_by_role("group", name="Field 1")
    first.get_by_label("Name").fill("weight")
    first.get_by_label("Type").select_option("number")
    first.get_by_label("Unit").fill("kg")
    first.get_by_label("Also called").fill("体重, body weight")
    page.get_by_role("button", name="Add a field").click()
    second = page.get_by_role("group", name="Field 2")
    second.get_by_label("Name").fill("side")
    second.get_by_label("Type").select_option("choice")
    expect(start).to_be_disabled()
    second.get_by_label("Choices").fill("left, right")
    start.click()

    expect(page.get_by_role("heading", name="weight, side")).to_be_visible()
    expect(page.get_by_role("list", name="Texts").get_by_role("listitem")).to_have_count(6)
    record = data_of(client.get(TASKS))["records"][0]
    assert [(each["name"], each["unit"]) for each in record["template"]] == [
        ("weight", "kg"),
        ("side", None),
    ]
    assert record["template"][0]["labels"] == ["体重", "body weight"]


def test_the_words_of_each_value_are_marked_in_both_languages(page, client, extracted):
    for number in (1, 2):
        opened(page, extracted, number)
        article = page.get_by_role("article", name=f"Text {number}")
        for field in ("weight", "seen on"):
            found = value(client, extracted, number, field)
            words = SIX[number - 1][found["span"]["start"] : found["span"]["end"]]
            card(page, field).get_by_role("button").first.click()
            expect(article.locator("mark[class*=active]")).to_have_text(words)


def test_missing_is_told_apart_from_absent(page, extracted):
    opened(page, extracted, 1)
    expect(card(page, "fever")).to_contain_text("absent: it says there is none")
    opened(page, extracted, 4)
    expect(card(page, "fever")).to_contain_text("missing: it does not say")


def test_a_conflict_is_resolved_by_a_key_and_taken_back(page, client, extracted):
    assert value(client, extracted, CONFLICT, "weight")["agreement"] == "conflict"
    opened(page, extracted, CONFLICT)
    weight = card(page, "weight")
    expect(weight).to_contain_text("models differ")
    page.keyboard.press("b")
    expect(weight).to_contain_text("said by local")
    said = value(client, extracted, CONFLICT, "weight")
    assert (said["value"], said["span"]) == (
        said["b"]["value"],
        {"start": said["b"]["start"], "end": said["b"]["end"]},
    )
    page.keyboard.press("z")
    expect(weight).to_contain_text("models differ")
    assert value(client, extracted, CONFLICT, "weight")["resolvedBy"] is None


def test_selected_words_state_a_value_of_ones_own(page, client, extracted):
    opened(page, extracted, 4)
    page.evaluate(
        """() => {
          const text = document.querySelector("article p:last-child").firstChild;
          const at = text.data.indexOf("Nothing of note");
          getSelection().setBaseAndExtent(text, at, text, at + "Nothing of note".length);
        }"""
    )
    fever = card(page, "fever")
    fever.get_by_role("button").first.click()
    expect(fever).to_contain_text("with the words “Nothing of note”")
    fever.get_by_label("Value").select_option("no")
    fever.get_by_role("button", name="Save").click()
    expect(fever).to_contain_text("said by local")
    said = value(client, extracted, 4, "fever")
    assert (said["found"], said["value"], said["span"]) == (
        "found",
        "false",
        {"start": 0, "end": len("Nothing of note")},
    )


def test_what_a_person_should_look_at_is_found_one_after_another(page, extracted):
    page.goto(f"/extractions/{extracted.accepted['recordId']}")
    expect(page.get_by_role("article")).to_be_visible()
    seen = []
    for _ in range(3):
        page.keyboard.press("n")
        seen.append(page.get_by_role("article").get_attribute("aria-label"))
    assert seen == ["Text 3", "Text 4", f"Text {CONFLICT}"]


def test_what_is_to_be_checked_is_a_queue_that_empties(page, client, extracted):
    page.goto(f"/extractions/{extracted.accepted['recordId']}")
    texts = page.get_by_role("list", name="Texts").get_by_role("listitem")
    expect(texts).to_have_count(6)
    show = page.get_by_label("Show")
    expect(show.get_by_role("option")).to_have_text(
        ["All texts (6)", "To check (3)", "To check: weight (2)", "To check: fever (3)"]
    )
    show.select_option("To check (3)")
    expect(texts).to_have_count(3)
    show.select_option("To check: weight (2)")
    expect(texts).to_have_count(2)
    number = int(texts.first.inner_text().split("Text ")[1].split()[0])
    page.keyboard.press("a")
    expect(show.get_by_role("option").nth(2)).to_have_text("To check: weight (1)")
    said = value(client, extracted, number, "weight")
    assert (said["resolvedBy"], said["value"]) == ("local", said["a"]["value"])
    show.select_option("All texts (6)")
    show.select_option("To check: weight (1)")
    expect(texts).to_have_count(1)

    url = f"{TASKS}/{extracted.accepted['recordId']}"
    for text in data_of(client.get(f"{url}/texts", params={"toCheck": True}))["texts"]:
        for field in (each["field"] for each in text["values"] if each["toCheck"]):
            said = {"number": text["number"], "field": field, "found": "missing"}
            data_of(client.post(f"{url}/resolutions", json=said))
    page.reload()
    expect(show.get_by_role("option")).to_have_text(["All texts (6)", "To check (0)"])
    show.select_option("To check (0)")
    expect(page.get_by_text("Nothing is left to check.")).to_be_visible()


def test_numbers_say_what_each_field_comes_to(page, client, extracted):
    page.goto(f"/extractions/{extracted.accepted['recordId']}")
    page.get_by_role("link", name="Numbers").click()
    expect(page.get_by_text("3 of 6 texts have something to check")).to_be_visible()
    url = f"{TASKS}/{extracted.accepted['recordId']}/summary"
    for field in data_of(client.get(url))["fields"]:
        row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=field["field"]))
        names = ["agreed", "absent", "missing", "conflict", "unanswered", "resolved", "toCheck"]
        expect(row.get_by_role("cell")).to_have_text([str(field[name]) for name in names])


def test_a_sheets_column_gives_columns_to_the_sheet(page, client, sheet):
    page.goto(f"/sheets/{sheet.accepted['recordId']}")
    page.get_by_role("columnheader").filter(has_text="note").click()
    page.get_by_role("link", name="Extract fields from these texts").click()
    expect(page.get_by_label("Column with the texts")).to_have_value("note")
    field = page.get_by_role("group", name="Field 1")
    field.get_by_label("Name").fill("fever")
    field.get_by_label("Type").select_option("boolean")
    page.get_by_role("button", name="Start the extraction").click()

    page.get_by_role("button", name="Add to the sheet").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Add the columns").click()
    dialog.get_by_role("link", name="The columns are there").click()
    expect(page.get_by_text("6 rows × 3 columns")).to_be_visible()
    columns = sheet.data()["columns"]
    assert (columns[-1]["name"], columns[-1]["type"]) == ("fever", "boolean")


def test_values_are_exported(page, extracted):
    opened(page, extracted, 1)
    page.get_by_role("button", name="Export").click()
    with page.expect_download() as started:
        page.get_by_role("dialog").get_by_role("link", name=re.compile("^CSV")).click()
    rows = list(csv.DictReader(io.StringIO(Path(started.value.path()).read_text("utf-8-sig"))))
    assert len(rows) == 6
    assert rows[CONFLICT - 1]["weight (found)"] == "conflict"
