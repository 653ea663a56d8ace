"""A screening by hand: from a file of references to decisions, numbers and a file again."""

from __future__ import annotations

import csv
import io
import json
import re
from base64 import b64encode
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.literature import CRITERIA, ris
from tests.http.task import Task, data_of
from tests.worker.signs import wait_until

TASKS = "/api/v1/screenings/tasks"
CHUNK = re.compile(r"/upload/storage/v1/")


@pytest.fixture
def screened(client) -> Task:
    """Sixty references and six duplicates, judged by the built-in models."""
    task = Task(
        client,
        client.post(
            TASKS,
            files={"file": ("stroke.ris", ris(60))},
            data={"criteria": json.dumps(CRITERIA)},
        ),
    )
    assert task.wait()["status"] == "ready"
    return task


def summary(client, task: Task):
    return data_of(client.get(f"{TASKS}/{task.accepted['recordId']}/summary"))


def opened(page: Page, task: Task) -> None:
    page.goto(f"/screenings/{task.accepted['recordId']}")
    expect(page.get_by_role("list", name="References")).to_be_visible()


def show(page: Page, what: str) -> None:
    label = page.get_by_role("option", name=re.compile(f"^{what}")).inner_text()
    page.get_by_label("Show").select_option(label=label)


def reading(page: Page) -> str:
    return page.get_by_role("article").get_by_role("heading").inner_text()


def test_references_are_sent_with_criteria_and_followed_until_they_are_judged(page, client):
    page.goto("/screenings")
    page.get_by_role("link", name="New screening").click()
    start = page.get_by_role("button", name="Start the screening")
    expect(start).to_be_disabled()
    page.get_by_test_id("references").set_input_files(
        {"name": "found.ris", "mimeType": "text/plain", "buffer": ris(30)}
    )
    page.get_by_label("Population").fill("adults after ischemic stroke")
    page.get_by_label("It must not").fill("animal study\nrats")
    page.get_by_label("Include it").check()
    start.click()

    expect(page.get_by_role("heading", name="found.ris")).to_be_visible()
    expect(page.get_by_text("33 records · 3 duplicates · either model includes")).to_be_visible()
    page.get_by_role("link", name="Numbers").click()
    expect(page.get_by_text("30 of 30")).to_be_visible()
    expect(page.get_by_role("img", name=re.compile("33 records identified, 3 dup"))).to_be_visible()
    record = data_of(client.get(TASKS))["records"][0]
    assert (record["rule"], record["criteria"]["exclude"]) == ("or", ["animal study", "rats"])


def test_what_is_no_file_of_references_is_told_before_it_is_sent(page):
    page.goto("/screenings/new")
    page.get_by_test_id("references").set_input_files(
        {"name": "found.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"}
    )
    page.get_by_label("Population").fill("adults")
    expect(page.get_by_text("This is no file of references, by its name")).to_be_visible()
    expect(page.get_by_role("button", name="Start the screening")).to_be_disabled()


def test_a_large_file_goes_in_parts_is_stopped_and_goes_on_where_it_was(page, client, tmp_path):
    large = tmp_path / "large.ris"
    large.write_bytes(ris(10) + b"\n" * (40 << 20))
    sent: list[str] = []
    hold_from = 3

    def on_chunk(route: Route) -> None:
        sent.append(route.request.headers["content-range"])
        if len(sent) < hold_from:
            route.continue_()

    page.route(CHUNK, on_chunk)
    page.goto("/screenings/new")
    page.get_by_test_id("references").set_input_files(large)
    page.get_by_label("Population").fill("adults after ischemic stroke")
    with page.expect_request(
        lambda request: request.headers.get("content-range", "").startswith("bytes 16777216-")
    ):
        page.get_by_role("button", name="Start the screening").click()
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_text("16 MB of 40 MB are sent")).to_be_visible()
    page.unroute(CHUNK)
    page.on("request", lambda request: sent.append(request.headers.get("content-range", "")))
    page.get_by_role("button", name="Go on sending").click()

    expect(page.get_by_role("heading", name="large.ris")).to_be_visible()
    expect(page.get_by_text("11 records · 1 duplicate")).to_be_visible()
    firsts = [int(each[6:].split("-")[0]) for each in sent if each]
    assert firsts == sorted(firsts), "it went back"
    assert firsts.count(0) == 1, "it began anew"
    record = data_of(client.get(TASKS))["records"][0]
    assert (record["fileName"], record["fileSize"]) == ("large.ris", large.stat().st_size)


def test_lists_say_how_many_they_hold_and_what_orders_them(page, client, screened):
    opened(page, screened)
    counts = summary(client, screened)
    for words, count in (
        ("To decide", 60),
        ("Conflicts", counts["undecided"]["conflict"]),
        ("All", 66),
        ("Both models include", counts["outcomes"]["include"]),
        ("Both models exclude", counts["outcomes"]["exclude"]),
        ("Decided by people", 0),
        ("Sample of agreed exclusions", min(30, counts["undecided"]["exclude"])),
    ):
        expect(page.get_by_role("option", name=f"{words} ({count})")).to_be_attached()
    expect(page.get_by_text("In the order of the criteria, by builtin-bm25")).to_be_visible()
    for key, left in (("i", 59), ("e", 58)):
        page.keyboard.press(key)
        expect(page.get_by_role("option", name=f"To decide ({left})")).to_be_attached()
    url = f"{TASKS}/{screened.accepted['recordId']}/references"
    wait_until(lambda: data_of(client.get(url))["rankedWith"]["decisions"] == 2, seconds=30)
    page.reload()
    expect(
        page.get_by_text("In an order learnt from 2 decisions, by builtin-bayes")
    ).to_be_visible()


@pytest.mark.parametrize(("language", "word"), [("en", "Numbers"), ("zh-CN", "统计")])
def test_the_flow_is_drawn_in_the_language_and_theme_of_the_page(page, screened, language, word):
    page.emulate_media(color_scheme="dark")
    page.add_init_script(f"localStorage.setItem('sluice.language', '{language}')")
    page.goto(f"/screenings/{screened.accepted['recordId']}")
    page.get_by_role("link", name=word, exact=True).click()
    picture = page.get_by_role("figure").get_by_role("img")
    expect(picture).to_be_visible()
    address = picture.get_attribute("src")
    assert f"lang={language[:2]}" in address
    assert darkness(page, picture.screenshot()) > 0.8
    page.emulate_media(color_scheme="light")
    assert darkness(page, picture.screenshot()) < 0.2
    # Also by itself, where its own policy has to let its style through.
    page.emulate_media(color_scheme="dark")
    page.goto(address)
    ground = page.locator("rect.ground")
    assert ground.evaluate("each => getComputedStyle(each).fill") == "rgb(28, 30, 33)"


def test_the_console_leads_from_a_job_to_its_screening(page, screened):
    page.goto("/operators/jobs")
    page.get_by_label("State").select_option("completed")
    page.get_by_role("button", name=str(screened.accepted["jobId"]), exact=True).click()
    page.get_by_role("link", name="Its record").click()
    expect(page.get_by_role("heading", name="stroke.ris")).to_be_visible()


_DARKNESS = """async (data) => {
  const bytes = Uint8Array.from(atob(data), (each) => each.charCodeAt(0));
  const { width, height } = await createImageBitmap(new Blob([bytes]));
  const canvas = new OffscreenCanvas(width, height).getContext("2d");
  canvas.drawImage(await createImageBitmap(new Blob([bytes])), 0, 0);
  const colours = canvas.getImageData(0, 0, width, height).data;
  let dark = 0;
  for (let at = 0; at < colours.length; at += 4) dark += colours[at] < 96;
  return dark / (width * height);
}"""


def darkness(page: Page, picture: bytes) -> float:
    """Return the share of dark pixels in a picture."""
    return page.evaluate(_DARKNESS, b64encode(picture).decode())


def test_decisions_go_by_single_keys_and_the_next_reference_comes_at_once(page, client, screened):
    opened(page, screened)
    first = reading(page)
    page.keyboard.press("i")
    expect(page.get_by_role("article").get_by_role("heading")).not_to_have_text(first)
    expect(page.get_by_role("option", name="To decide (59)")).to_be_attached()
    second = reading(page)
    page.keyboard.press("r")
    page.keyboard.type("wrong population")
    page.keyboard.press("Enter")
    expect(page.get_by_role("option", name="To decide (58)")).to_be_attached()
    page.keyboard.press("u")
    expect(page.get_by_role("option", name="To decide (57)")).to_be_attached()

    show(page, "Decided by people")
    rows = page.get_by_role("list", name="References").get_by_role("listitem")
    expect(rows).to_have_count(3)
    rows.filter(has_text=second).get_by_role("button").click()
    expect(page.get_by_role("group", name="Decision")).to_contain_text(
        "Excluded “wrong population”"
    )
    assert summary(client, screened)["decidedByPeople"] == 3


def test_the_last_decision_is_taken_back(page, client, screened):
    opened(page, screened)
    first = reading(page)
    page.keyboard.press("e")
    expect(page.get_by_role("option", name="To decide (59)")).to_be_attached()
    page.keyboard.press("z")
    expect(page.get_by_text(re.compile(r"The decision on no\. \d+ is taken back"))).to_be_visible()
    expect(page.get_by_role("article").get_by_role("heading")).to_have_text(first)
    expect(page.get_by_role("option", name="To decide (60)")).to_be_attached()
    assert summary(client, screened)["decidedByPeople"] == 0


def test_keys_can_be_switched_off(page, client, screened):
    opened(page, screened)
    page.get_by_role("button", name="Keys").click()
    page.get_by_label("Single keys do these things").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("i")
    page.get_by_role("button", name="Unsure").click()
    expect(page.get_by_role("option", name="To decide (59)")).to_be_attached()
    show(page, "Decided by people")
    expect(page.get_by_role("list", name="References").get_by_role("listitem")).to_have_count(1)
    expect(page.get_by_role("group", name="Decision")).to_contain_text("Unsure")


def test_the_words_that_a_criterion_rests_on_stand_out(page, client, screened):
    opened(page, screened)
    url = f"{TASKS}/{screened.accepted['recordId']}/references"
    first = data_of(client.get(url, params={"limit": 1}))["references"][0]
    quotes = {
        each["quote"]["text"]
        for model in ("a", "b")
        for each in first[model]["criteria"]
        if each["criterion"] == "intervention" and each["quote"]
    }
    assert quotes, "the best reference meets the criterion"
    criteria = page.get_by_role("complementary", name="Criteria")
    criteria.get_by_role("button", name="statin therapy").click()
    active = page.locator("mark[class*=active]")
    assert set(active.all_inner_texts()) == quotes


def test_conflicts_are_a_queue_that_empties(page, client, screened):
    opened(page, screened)
    left = summary(client, screened)["conflicts"]
    assert left > 2, "the test needs some"
    show(page, "Conflicts")
    rows = page.get_by_role("list", name="References").get_by_role("listitem")
    expect(rows).to_have_count(left)
    for done in range(1, left + 1):
        page.keyboard.press("i" if done % 2 else "e")
        expect(page.get_by_role("option", name=f"To decide ({60 - done})")).to_be_attached()
    expect(page.get_by_text("No conflicts are left")).to_be_visible()
    assert summary(client, screened)["conflicts"] == 0


def test_what_is_included_is_exported(page, client, screened):
    opened(page, screened)
    page.get_by_role("button", name="Export").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Which").select_option("Included")
    with page.expect_download() as started:
        dialog.get_by_role("link", name=re.compile("^CSV")).click()
    text = Path(started.value.path()).read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == summary(client, screened)["prisma"]["sought"]
    assert {row["outcome"] for row in rows} == {"include"}


def test_a_screening_is_deleted_after_a_question(page, client, screened):
    page.goto("/screenings")
    number = len(data_of(client.get(TASKS))["records"])
    row = page.get_by_role("row").filter(has_text="stroke.ris").first
    row.get_by_role("button", name="Delete").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Delete").click()
    expect(page.get_by_role("rowheader").or_(page.get_by_role("row"))).to_have_count(number)
    assert client.get(f"{TASKS}/{screened.accepted['recordId']}").status_code == 404
