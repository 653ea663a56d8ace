"""Every view of the page, and how to get there."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass

import httpx
import openpyxl
from playwright.sync_api import Browser, BrowserContext, Page

from tests.http.task import Task

THEMES = ("light", "dark")
LANGUAGES = ("en", "zh-CN")
_LOOKED_AT = "测量 Measurements / 体重 Body Mass (g)"


@dataclass(frozen=True)
class Made:
    """What there must be, so that each view has something to show."""

    record_id: str
    failed_job: int


def make(client: httpx.Client, sample: bytes) -> Made:
    """Upload a sheet, and a file that fails."""
    tasks = "/api/v1/sheets/tasks"
    none = io.BytesIO()
    openpyxl.Workbook().save(none)
    failing = Task(client, client.post(tasks, files={"file": ("empty.xlsx", none.getvalue())}))
    good = Task(client, client.post(tasks, files={"file": ("企鹅 penguins.xlsx", sample)}))
    assert failing.wait()["status"] == "error"
    assert good.wait()["status"] == "ready"
    return Made(str(good.accepted["recordId"]), int(failing.accepted["jobId"]))


def opened(
    browser: Browser, url: str, *, theme: str, language: str, width: int, height: int
) -> BrowserContext:
    """Return a context for a reader who has chosen theme and language."""
    context = browser.new_context(
        base_url=url, viewport={"width": width, "height": height}, reduced_motion="reduce"
    )
    context.add_init_script(
        f"localStorage.setItem('sluice.theme', '{theme}');"
        f"localStorage.setItem('sluice.language', '{language}');"
    )
    return context


def sheets(page: Page, made: Made) -> None:
    """The start, with files that are about to be sent."""
    page.goto("/")
    page.get_by_test_id("files").set_input_files(
        [
            {"name": "2026 survey.csv", "mimeType": "text/csv", "buffer": b"a,b\n" * 9000},
            {"name": "notes.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"},
        ]
    )
    page.get_by_role("table").wait_for()


def sheet(page: Page, made: Made) -> None:
    """The rows of a sheet."""
    page.goto(f"/sheets/{made.record_id}")
    page.get_by_role("gridcell").first.wait_for()
    page.locator("[role=columnheader] svg path").first.wait_for()


def column(page: Page, made: Made) -> None:
    """A column in figures."""
    sheet(page, made)
    grid = page.get_by_role("grid")
    for _ in range(12):
        grid.press("ArrowRight")
    grid.press("Enter")
    page.locator("canvas").wait_for()


def edits(page: Page, made: Made) -> None:
    """All actions."""
    sheet(page, made)
    page.locator("header button").nth(-2).click()
    page.get_by_role("dialog").wait_for()


def edit(page: Page, made: Made) -> None:
    """The form of an action, filled in."""
    edits(page, made)
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("region").nth(1).get_by_role("button").first.click()
    dialog.get_by_label(_LOOKED_AT).check()
    dialog.get_by_role("combobox").select_option("median")


def history(page: Page, made: Made) -> None:
    """The versions of a record."""
    sheet(page, made)
    page.locator("header button").nth(-3).click()
    page.get_by_role("dialog").wait_for()


def exports(page: Page, made: Made) -> None:
    """The formats."""
    sheet(page, made)
    page.locator("header button").nth(-1).click()
    page.get_by_role("dialog").wait_for()


def failed(page: Page, made: Made) -> None:
    """Dead letters, one of them opened."""
    page.goto("/operators/failed")
    page.get_by_role("button", name=str(made.failed_job), exact=True).click()
    page.locator("strong").first.wait_for()


def _plain(path: str, role: str = "table") -> Callable[[Page, Made], None]:
    def show(page: Page, _: Made) -> None:
        page.goto(path)
        page.get_by_role(role).first.wait_for()  # type: ignore[arg-type]

    return show


VIEWS: dict[str, Callable[[Page, Made], None]] = {
    "sheets": sheets,
    "sheet": sheet,
    "column": column,
    "edits": edits,
    "edit": edit,
    "history": history,
    "exports": exports,
    "queues": _plain("/operators"),
    "jobs": _plain("/operators/jobs", "combobox"),
    "failed": failed,
    "schedules": _plain("/operators/schedules"),
    "nowhere": _plain("/nowhere", "main"),
}
