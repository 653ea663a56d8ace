"""The console of operators."""

from __future__ import annotations

import io

import openpyxl
import pytest
from playwright.sync_api import expect

from tests.http.task import Task


@pytest.fixture
def failed(client) -> Task:
    content = io.BytesIO()
    openpyxl.Workbook().save(content)
    answer = client.post("/api/v1/sheets/tasks", files={"file": ("none.xlsx", content.getvalue())})
    task = Task(client, answer)
    assert task.wait()["status"] == "error"
    return task


def test_a_queue_is_paused_and_resumed(page, client, sample):
    page.goto("/operators")
    row = page.get_by_role("row").filter(has_text="parse_excel")
    row.get_by_role("button", name="Pause").click()
    expect(row).to_contain_text("Paused")
    assert client.get("/api/v1/queues/parse_excel").json()["data"]["paused"]
    row.get_by_role("button", name="Resume").click()
    expect(row).to_contain_text("Open")


def test_a_dead_letter_tells_each_attempts_error_and_is_retried_with_others(page, failed):
    job = str(failed.accepted["jobId"])
    page.goto("/operators/failed")
    row = page.get_by_role("row").filter(has=page.get_by_role("button", name=job, exact=True))
    row.get_by_role("button", name=job, exact=True).click()
    expect(page.get_by_text("Attempt 1.")).to_be_visible()
    row.get_by_role("checkbox").check()
    page.get_by_role("button", name="Retry 1 job").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Try again").click()
    expect(page.get_by_text("1 changed, 0 had moved on")).to_be_visible()
    assert failed.wait()["status"] == "error"


def test_schedules_are_listed_and_paused(page, client):
    page.goto("/operators/schedules")
    rows = page.get_by_role("row").filter(has=page.get_by_role("rowheader"))
    expect(rows).not_to_have_count(0)
    row = rows.first
    row.get_by_role("button", name="Pause").click()
    expect(row).to_contain_text("Paused")
    row.get_by_role("button", name="Resume").click()
    expect(row).to_contain_text("Open")


def test_somebody_else_is_told_that_this_is_for_operators(page):
    page.set_extra_http_headers({"x-sluice-user": "bob"})
    page.goto("/operators")
    expect(page.get_by_role("alert")).to_contain_text("This is for operators")
