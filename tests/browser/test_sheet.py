"""What is done with a sheet that is there: find faults, read it otherwise, sort, filter, export."""

from __future__ import annotations

import io
import re
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.http.files import workbook
from tests.http.task import Task

PEOPLE = workbook(
    ("id", "town", "weight"),
    *((n, "Berlin" if n % 2 else "Hamburg", 50 + n) for n in range(1, 61)),
    (61, "berlin", "ca. 60"),
)
"""Two doubtful cells in the last row: a town in other letters, a weight with a word."""
ROWS = 61


def two_sheets() -> bytes:
    book = openpyxl.Workbook()
    first, second = book.active, book.create_sheet("Towns")
    assert first is not None
    first.title = "People"
    for row in [("name", "age"), *((f"person {n}", 20 + n) for n in range(30))]:
        first.append(row)
    for row in [("town", "people", "since"), ("Berlin", 3_800_000, 1237), ("Köln", 1_090_000, 50)]:
        second.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.fixture
def sheet(client):
    def upload(content: bytes, name: str) -> Task:
        task = Task(client, client.post("/api/v1/sheets/tasks", files={"file": (name, content)}))
        assert task.wait()["status"] == "ready"
        return task

    return upload


def opened(page: Page, task: Task, rows: int) -> Locator:
    page.goto(f"/sheets/{task.accepted['recordId']}")
    grid = page.get_by_role("grid")
    expect(grid).to_have_attribute("aria-rowcount", str(rows + 1))
    return grid


def first_cells(page: Page, column: int, rows: int) -> list[str]:
    return [page.locator(f"#cell-{row}-{column}").inner_text() for row in range(rows)]


def test_a_finding_leads_to_its_cell(page, sheet):
    opened(page, sheet(PEOPLE, "people.xlsx"), ROWS)
    page.get_by_role("button", name="2 doubtful cells").click()
    panel = page.get_by_role("complementary", name="Findings")
    panel.get_by_role("button", name=re.compile("berlin.*→ Berlin", re.DOTALL)).click()
    expect(page.get_by_text(f"row {ROWS}, town")).to_be_visible()
    expect(page.locator("output")).to_have_text("berlin")
    expect(page.locator(f"#cell-{ROWS - 1}-1")).to_be_in_viewport()

    with page.expect_download() as started:
        panel.get_by_role("link", name="Download them as an annotated workbook").click()
    book = openpyxl.load_workbook(io.BytesIO(Path(started.value.path()).read_bytes()))
    noted = [each.coordinate for row in book["Data"].rows for each in row if each.comment]
    assert noted == ["B62", "C62"]


def test_another_sheet_and_another_header_are_read(page, sheet):
    task = sheet(two_sheets(), "two.xlsx")
    opened(page, task, 30)
    page.get_by_role("button", name="Reading").click()
    page.get_by_role("dialog").get_by_label("Sheet").select_option("Towns")
    page.get_by_role("button", name="Read again").click()
    expect(page.get_by_text("2 rows × 3 columns")).to_be_visible()
    expect(page.get_by_role("gridcell", name="Köln")).to_be_visible()

    page.get_by_role("button", name="Reading").click()
    page.get_by_role("dialog").get_by_label("Rows of the header").fill("0")
    page.get_by_role("button", name="Read again").click()
    expect(page.get_by_text("3 rows × 3 columns")).to_be_visible()
    expect(page.get_by_role("gridcell", name="town", exact=True)).to_be_visible()
    assert task.data()["source"]["headerRows"] == []


def test_rows_are_sorted_and_put_back(page, sheet):
    opened(page, sheet(PEOPLE, "people.xlsx"), ROWS)
    page.get_by_role("button", name="Sort by id").click()
    expect(page.get_by_text("id ↑")).to_be_visible()
    page.get_by_role("button", name="Sort by id").click()
    expect(page.locator("#cell-0-0")).to_have_text(str(ROWS))
    assert first_cells(page, 0, 3) == ["61", "60", "59"]
    page.get_by_role("button", name="Remove: id ↓").click()
    expect(page.locator("#cell-0-0")).to_have_text("1")


def test_rows_are_filtered_by_several_conditions_and_shown_again(page, sheet):
    grid = opened(page, sheet(PEOPLE, "people.xlsx"), ROWS)
    add_filter(page, "town", "=", "Hamburg")
    expect(page.get_by_text(f"30 of {ROWS} rows")).to_be_visible()
    add_filter(page, "id", "≤", "10")
    expect(page.get_by_text(f"5 of {ROWS} rows")).to_be_visible()
    expect(grid).to_have_attribute("aria-rowcount", "6")
    assert first_cells(page, 0, 5) == ["2", "4", "6", "8", "10"]
    add_filter(page, "id", ">", "10")
    expect(page.get_by_text("No rows are like that")).to_be_visible()
    for condition in ("id > 10", "id ≤ 10", "town = Hamburg"):
        page.get_by_role("button", name=f"Remove: {condition}").click()
    expect(grid).to_have_attribute("aria-rowcount", str(ROWS + 1))


def add_filter(page: Page, column: str, op: str, value: str) -> None:
    page.get_by_role("columnheader").filter(has_text=column).click()
    panel = page.get_by_role("complementary", name="The column")
    panel.get_by_label("Show rows where it").select_option(op)
    panel.get_by_label("Value").fill(value)
    panel.get_by_role("button", name="Filter").click()
    panel.get_by_role("button", name="Close").click()


def test_an_export_that_becomes_a_job_is_followed_to_its_file(page, sheet):
    task = sheet(PEOPLE, "people.xlsx")
    opened(page, task, ROWS)
    # What millions of cells would bring about by themselves.
    page.route(
        re.compile(r"/export\?"),
        lambda route: route.continue_(url=f"{route.request.url}&background=true"),
    )
    page.get_by_role("button", name="Export").click()
    dialog = page.get_by_role("dialog")
    with page.expect_download() as started:
        dialog.get_by_role("link", name=re.compile("^CSV")).click()
        expect(dialog.get_by_text("is being made")).to_be_visible()
    lines = Path(started.value.path()).read_text("utf-8-sig").splitlines()
    assert (len(lines), lines[-1]) == (ROWS + 1, "61,berlin,ca. 60")
    link = dialog.get_by_role("link", name="people.csv")
    expect(link).to_have_attribute("href", re.compile(r"/exports/\d+/file$"))


def test_an_export_that_is_refused_says_why_and_saves_nothing(page, client, sheet):
    task = sheet(PEOPLE, "people.xlsx")
    opened(page, task, ROWS)
    client.delete(task.url)
    page.get_by_role("button", name="Export").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("link", name=re.compile("^Excel")).click()
    expect(dialog.get_by_role("alert")).to_contain_text("There is no such record")
