"""From a file to a changed file, by hand."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import openpyxl
from playwright.sync_api import Page, expect

from tests.browser.conftest import SAMPLE

ROWS = 344


def upload(page: Page, *files: Path) -> None:
    page.goto("/")
    page.get_by_test_id("files").set_input_files(files)
    page.get_by_role("button", name=re.compile("^Send ")).click()


def active_cell(page: Page) -> str:
    return page.locator("output").inner_text()


def test_a_file_is_uploaded_looked_at_edited_undone_and_exported(page):
    upload(page, SAMPLE)
    row = page.get_by_role("list", name="Files on their way").get_by_role("listitem")
    expect(row).to_contain_text("Ready")
    row.get_by_role("link", name="penguins.xlsx").click()

    grid = page.get_by_role("grid")
    expect(grid).to_have_attribute("aria-rowcount", str(ROWS + 1))
    expect(page.get_by_role("gridcell", name="PAL0708").first).to_be_visible()
    grid.press("Control+End")
    expect(page.get_by_text(f"row {ROWS},")).to_be_visible()
    grid.press("Control+Home")
    assert active_cell(page) == "PAL0708"

    see_the_profile(page)
    drop_a_column(page)
    exported = export(page, "Excel")
    assert len(exported[0]) == 16

    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text(f"{ROWS} rows × 17 columns")).to_be_visible()
    exported = export(page, "Excel")
    assert (len(exported), len(exported[0])) == (ROWS + 1, 17)
    page.get_by_role("button", name="Redo").click()
    expect(page.get_by_text(f"{ROWS} rows × 16 columns")).to_be_visible()


def see_the_profile(page: Page) -> None:
    grid = page.get_by_role("grid")
    header = page.get_by_role("columnheader").filter(has_text="Body Mass")
    grid.press("End")
    header.click()
    panel = page.get_by_role("complementary", name="The column")
    expect(panel).to_contain_text("4,201.75")  # the mean
    expect(panel.get_by_role("img", name=re.compile("Histogram"))).to_be_visible()
    panel.get_by_role("button", name="Close").click()


def drop_a_column(page: Page) -> None:
    page.get_by_role("button", name="Edit", exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Drop columns").click()
    apply = dialog.get_by_role("button", name="Apply")
    expect(apply).to_be_disabled()
    dialog.get_by_label("备注 Comments").check()
    expect(dialog.get_by_role("status")).to_contain_text("备注 Comments")
    apply.click()
    expect(page.get_by_text(f"{ROWS} rows × 16 columns")).to_be_visible()
    page.get_by_role("button", name="History").click()
    history = page.get_by_role("dialog")
    expect(history).to_contain_text("Drop columns: 备注 Comments")
    history.get_by_role("button", name="Close").click()


def export(page: Page, name: str) -> list[tuple[object, ...]]:
    page.get_by_role("button", name="Export").click()
    dialog = page.get_by_role("dialog")
    with page.expect_download() as started:
        dialog.get_by_role("link", name=re.compile(name)).click()
    content = Path(started.value.path()).read_bytes()
    dialog.get_by_role("button", name="Close").click()
    sheet = openpyxl.load_workbook(BytesIO(content), read_only=True).worksheets[0]
    return list(sheet.iter_rows(values_only=True))


def test_what_cannot_be_read_is_told_in_a_sentence_and_can_be_tried_again(page, tmp_path):
    broken = tmp_path / "broken.xlsx"
    workbook = openpyxl.Workbook()
    workbook.save(broken)
    upload(page, broken)
    row = page.get_by_role("list", name="Files on their way").get_by_role("listitem")
    expect(row).to_contain_text("Failed")
    expect(row.get_by_text(re.compile(r"\w.*\."))).not_to_have_count(0)
    row.get_by_role("button", name="Try again").click()
    expect(row).to_contain_text("Failed")


def test_what_is_no_spreadsheet_is_told_before_anything_is_sent(page, tmp_path):
    picture = tmp_path / "picture.png"
    picture.write_bytes(b"\x89PNG")
    page.goto("/")
    page.get_by_test_id("files").set_input_files(picture)
    expect(page.get_by_text("This is no spreadsheet, by its name.")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("^Send "))).to_have_count(0)


def test_a_name_that_lies_is_refused_in_the_apis_sentence(page, tmp_path):
    lie = tmp_path / "lie.xlsx"
    lie.write_bytes(b"%PDF-1.7\n" + bytes(2000))
    upload(page, lie)
    expect(page.get_by_role("alert")).to_contain_text("PDF")


def test_a_sheet_is_deleted_after_a_question(page, client, tmp_path):
    small = tmp_path / "gone.csv"
    small.write_text("a,b\n1,2\n")
    upload(page, small)
    table = page.get_by_role("table")
    row = table.get_by_role("row").filter(has_text="gone.csv")
    expect(row).to_contain_text("Ready")
    row.get_by_role("button", name="Delete").click()
    question = page.get_by_role("alertdialog")
    expect(question).to_contain_text("Delete gone.csv?")
    question.get_by_role("button", name="Delete").click()
    expect(row).to_have_count(0)
    records = client.get("/api/v1/sheets/tasks").json()["data"]["records"]
    assert "gone.csv" not in [record["fileName"] for record in records]
