"""Every view of the page, and how to get there."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import dataclass

import httpx
import openpyxl
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.literature import CRITERIA, TEMPLATE, notes, ris
from tests.http.edits import Sheet
from tests.http.task import Task, data_of

THEMES = ("light", "dark")
LANGUAGES = ("en", "zh-CN")
_LOOKED_AT = "测量 Measurements / 体重 Body Mass (g)"
_BOWS = "name,弦 string,draw kg\n小稍弓,丝 silk,24.5\nHorn bow,,31\n直弓,麻 hemp,\n".encode()


@dataclass(frozen=True)
class Made:
    """What there must be, so that each view has something to show."""

    record_id: str
    edited_id: str
    failed_job: int
    screening_id: str
    extraction_id: str


def make(client: httpx.Client, sample: bytes) -> Made:
    """Upload sheets, of which one is edited, a file that fails, references, and notes."""
    tasks, screenings = "/api/v1/sheets/tasks", "/api/v1/screenings/tasks"
    none = io.BytesIO()
    openpyxl.Workbook().save(none)
    failing = Task(client, client.post(tasks, files={"file": ("empty.xlsx", none.getvalue())}))
    good = Task(client, client.post(tasks, files={"file": ("企鹅 penguins.xlsx", sample)}))
    edited = Sheet.of(client, Task(client, client.post(tasks, files={"file": ("弓.csv", _BOWS)})))
    edited.edit("fill", columns=["draw kg"], method="median")
    edited.edit("sort", by=[{"column": "name", "descending": True}])
    data_of(edited.post("/undo"))
    references = {"file": ("stroke and statins.ris", ris(220))}
    body = {"criteria": json.dumps(CRITERIA)}
    screening = Task(client, client.post(screenings, files=references, data=body))
    wanted = {"template": TEMPLATE, "texts": notes(40)}
    extraction = Task(client, client.post("/api/v1/extractions/tasks", json=wanted))
    assert failing.wait()["status"] == "error"
    assert all(task.wait()["status"] == "ready" for task in (good, screening, extraction))
    for number, decision in ((1, "include"), (2, "exclude")):
        decided = {"number": number, "decision": decision, "reason": "as the title says"}
        url = f"{screenings}/{screening.accepted['recordId']}/decisions"
        client.post(url, json=decided).raise_for_status()
    return Made(
        str(good.accepted["recordId"]),
        edited.id,
        int(failing.accepted["jobId"]),
        str(screening.accepted["recordId"]),
        str(extraction.accepted["recordId"]),
    )


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
    """The versions of a record, of which the last one is undone."""
    page.goto(f"/sheets/{made.edited_id}")
    page.get_by_role("gridcell").first.wait_for()
    page.locator("header button").nth(-3).click()
    page.get_by_role("dialog").get_by_role("listitem").nth(2).wait_for()


def exports(page: Page, made: Made) -> None:
    """The formats."""
    sheet(page, made)
    page.locator("header button").nth(-1).click()
    page.get_by_role("dialog").wait_for()


def screening_form(page: Page, made: Made) -> None:
    """A screening that is about to be started."""
    page.goto("/screenings/new")
    page.get_by_test_id("references").set_input_files(
        {"name": "found.csv", "mimeType": "text/csv", "buffer": b"Title,Abstract\n"}
    )
    page.locator("summary").click()


def screening(page: Page, made: Made) -> None:
    """A reference that is read, with the words of one criterion standing out."""
    page.goto(f"/screenings/{made.screening_id}")
    rows = page.get_by_role("main").get_by_role("listitem").get_by_role("button")
    rows.first.wait_for()
    if page.get_by_role("article").count() == 0:
        rows.first.click()
    page.get_by_role("complementary").get_by_role("button").nth(1).click()


def screening_list(page: Page, made: Made) -> None:
    """The references that people have decided on."""
    page.goto(f"/screenings/{made.screening_id}")
    page.get_by_role("combobox").select_option("decided")
    page.get_by_role("main").get_by_role("listitem").nth(1).wait_for()


def screening_numbers(page: Page, made: Made) -> None:
    """How the models agree, and the flow."""
    page.goto(f"/screenings/{made.screening_id}/numbers")
    page.get_by_role("figure").wait_for()


def extraction_form(page: Page, made: Made) -> None:
    """An extraction that is about to be started, with an earlier template."""
    page.goto("/extractions/new")
    page.get_by_role("textbox").first.fill("One note.\n\nAnother note.")
    page.get_by_role("combobox").first.select_option(index=1)


def extraction(page: Page, made: Made) -> None:
    """A text on which the models differ."""
    page.goto(f"/extractions/{made.extraction_id}")
    row = page.get_by_role("main").get_by_role("listitem").nth(4).get_by_role("button")
    row.click()
    page.get_by_role("article").wait_for()


def extraction_queue(page: Page, made: Made) -> None:
    """The texts that a person should look at."""
    page.goto(f"/extractions/{made.extraction_id}")
    page.get_by_role("combobox").select_option("toCheck")
    page.get_by_role("main").get_by_role("listitem").nth(1).wait_for()


def extraction_numbers(page: Page, made: Made) -> None:
    """What each field comes to."""
    page.goto(f"/extractions/{made.extraction_id}/numbers")
    page.get_by_role("table").wait_for()


def jobs(page: Page, made: Made) -> None:
    """Jobs that were done."""
    page.goto("/operators/jobs")
    page.get_by_role("combobox").first.select_option("completed")
    page.get_by_role("row").nth(1).wait_for()


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
    "screenings": _plain("/screenings"),
    "screening-form": screening_form,
    "screening-list": screening_list,
    "screening": screening,
    "screening-numbers": screening_numbers,
    "extractions": _plain("/extractions"),
    "extraction-form": extraction_form,
    "extraction": extraction,
    "extraction-queue": extraction_queue,
    "extraction-numbers": extraction_numbers,
    "queues": _plain("/operators"),
    "jobs": jobs,
    "failed": failed,
    "schedules": _plain("/operators/schedules"),
    "nowhere": _plain("/nowhere", "main"),
}
