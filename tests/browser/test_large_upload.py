"""A file that goes straight to the bucket, and what may happen on its way."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, Request, Route, expect

from tests.http.task import Task

MIB = 1 << 20
SIZE = 100 * MIB
CHUNK_BYTES = 8 * MIB
PATIENCE_MS = 60_000
LINE = b"%09d," + b"x" * 1013 + b"\n"
CHUNK = re.compile(r"/upload/storage/v1/")


@pytest.fixture
def paused(client: httpx.Client, sample: Task) -> Iterator[None]:
    """Nothing is begun: what is to be cancelled has not ended before."""
    client.post("/api/v1/queues/parse_excel/pause").raise_for_status()
    yield
    client.post("/api/v1/queues/parse_excel/resume").raise_for_status()


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("large") / "large.csv"
    with path.open("wb") as file:
        file.write(b"number,text\n")
        for number in range(SIZE // 1024):
            file.write(LINE % number)
    return path


class Ranges:
    """What the page sends to the bucket; from the request `hold_from` on, nothing goes through."""

    def __init__(self, page: Page, hold_from: int) -> None:
        self.sent: list[str] = []
        self._page = page
        self.hold_from = hold_from
        self._holds = False
        page.on("request", self._on_request)
        page.route(CHUNK, self._on_chunk)

    def wait_until_one_is_held(self) -> None:
        """A request is told of before it is routed: until then it may still go through."""
        while not self._holds:
            self._page.wait_for_timeout(10)

    def let_through(self) -> None:
        """Look at no body any more."""
        self._page.unroute(CHUNK)

    def _on_request(self, request: Request) -> None:
        if CHUNK.search(request.url) and request.method == "PUT":
            self.sent.append(request.headers.get("content-range", ""))

    def _on_chunk(self, route: Route) -> None:
        if len(self.sent) < self.hold_from:
            route.continue_()
        else:
            self._holds = True


def chunk_from(number: int) -> Callable[[Request], bool]:
    """Tell the request for a chunk, counted from 0: those before it have arrived by then."""
    begin = f"bytes {number * CHUNK_BYTES}-"
    return lambda request: request.headers.get("content-range", "").startswith(begin)


def start(page: Page, path: Path) -> None:
    page.goto("/")
    page.get_by_test_id("files").set_input_files(path)
    expect(page.get_by_text("goes in parts that can be resumed")).to_be_visible()
    page.get_by_role("button", name=re.compile("^Send ")).click()


@pytest.mark.usefixtures("paused")
def test_100_mb_are_cut_off_survive_a_reload_and_go_on_where_they_were(page, client, large):
    ranges = Ranges(page, hold_from=4)
    with page.expect_request(chunk_from(3), timeout=PATIENCE_MS):
        start(page, large)
    row = page.get_by_role("list", name="Files on their way").get_by_role("listitem")
    assert len(ranges.sent) == 4
    ranges.wait_until_one_is_held()

    ranges.hold_from = sys.maxsize
    page.reload()  # the fourth chunk is cut off: what is held is not sent any more
    ranges.let_through()

    expect(row).to_contain_text("Waiting", timeout=60_000)
    firsts = [int(each.removeprefix("bytes ").split("-")[0]) for each in ranges.sent]
    assert firsts == sorted(firsts), "it went back"
    assert firsts.count(0) == 1, "it began anew"
    record = client.get("/api/v1/sheets/tasks").json()["data"]["records"][0]
    assert (record["fileName"], record["fileSize"]) == ("large.csv", large.stat().st_size)
    row.get_by_role("button", name="Cancel").click()
    expect(row).to_contain_text("Cancelled", timeout=60_000)


def test_an_upload_is_paused_resumed_and_cancelled(page, large):
    ranges = Ranges(page, hold_from=3)
    with page.expect_request(chunk_from(2), timeout=PATIENCE_MS):
        start(page, large)
    ranges.wait_until_one_is_held()
    row = page.get_by_role("list", name="Files on their way").get_by_role("listitem")
    row.get_by_role("button", name="Pause").click()
    expect(row).to_contain_text("Paused · 16 MB of 100 MB")
    ranges.hold_from = 6  # the one that was held is sent again
    row.get_by_role("button", name="Resume").click()
    expect(row).to_contain_text("32 MB of 100 MB")
    row.get_by_role("button", name="Cancel").click()
    expect(row).to_have_count(0)
    page.reload()
    expect(page.get_by_role("heading", name="Sheets")).to_be_visible()
    expect(row).to_have_count(0)
