"""Measure the page: what the first view weighs, when it can be used, how the grid scrolls.

python -m tests.browser.measure [ROWS]
"""

from __future__ import annotations

import gzip
import json
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import httpx
from playwright.sync_api import Browser, Page

from local.page import DIST
from local.system import running_system
from local.web_build import build
from tests.browser.chromium import chromium, find_chromium
from tests.http.task import Task

_LOADS = 5
_PATIENCE_SECONDS = 300
_FRAMES = """() => {
  window.frames_ = []; let before = performance.now();
  const tick = (now) => {
    window.frames_.push(now - before); before = now; window.raf_ = requestAnimationFrame(tick);
  };
  requestAnimationFrame((now) => { before = now; window.raf_ = requestAnimationFrame(tick); });
}"""


def first_view(browser: Browser, url: str) -> dict[str, float]:
    """Load the start in fresh contexts; weigh what was asked for."""
    usable, weight = [], 0
    for _ in range(_LOADS):
        context = browser.new_context(base_url=url, locale="en-US")
        page = context.new_page()
        names: list[str] = []
        page.on("response", lambda answer, names=names: names.append(answer.url))
        page.goto("/")
        page.get_by_role("button", name="Choose files").wait_for()
        usable.append(page.evaluate("performance.now()"))
        page.wait_for_load_state("networkidle")
        files = [DIST / name.removeprefix(url).lstrip("/") for name in names]
        files = [DIST / "index.html" if file == DIST else file for file in files]
        weight = sum(len(gzip.compress(file.read_bytes())) for file in files if file.is_file())
        context.close()
    return {"first_view_gzip_kb": weight / 1000, "usable_p50_ms": median(usable)}


def scrolling(page: Page, record_id: str, rows: int) -> dict[str, float]:
    """Turn the wheel, hold PageDown, and drag the bar through all rows, counting frames."""
    page.goto(f"/sheets/{record_id}")
    page.get_by_role("gridcell").first.wait_for()
    page.wait_for_load_state("networkidle")
    grid = page.get_by_role("grid")
    grid.hover()
    page.evaluate(_FRAMES)
    for _ in range(120):
        page.mouse.wheel(0, 400)
        page.wait_for_timeout(16)
    grid.focus()
    for _ in range(40):
        page.keyboard.press("PageDown")
    page.evaluate("""async () => { const grid = document.querySelector('[role=grid]');
      for (let step = 0; step <= 120; step += 1) {
        grid.scrollTop = (grid.scrollHeight - grid.clientHeight) * step / 120;
        await new Promise(requestAnimationFrame); } }""")
    frames = page.evaluate("() => (cancelAnimationFrame(window.raf_), window.frames_)")
    page.keyboard.press("Control+End")
    page.get_by_text(f"row {rows:,},").wait_for()
    page.locator(f"#cell-{rows - 1}-0").filter(has_text=str(rows - 1)).wait_for()
    return {
        "frames": len(frames),
        "frame_p50_ms": median(frames),
        "frame_p99_ms": sorted(frames)[int(len(frames) * 0.99)],
        "frame_max_ms": max(frames),
    }


def upload(client: httpx.Client, rows: int) -> str:
    """Send a CSV of ten columns and wait until it is read."""
    lines = "".join(
        f"{n},{n * 7 % 1000},{n / 7:.3f},text {n % 97},2026-01-{n % 28 + 1:02},a,b,{n % 2},{n},z\n"
        for n in range(rows)
    )
    content = ("n,m,x,text,day,a,b,bit,id,z\n" + lines).encode()
    body = {"fileName": "million.csv", "size": len(content)}
    promised = client.post("/api/v1/uploads", json=body).json()["data"]
    step = promised["chunkSize"]
    for start in range(0, len(content), step):
        part = content[start : start + step]
        span = f"bytes {start}-{start + len(part) - 1}/{len(content)}"
        httpx.put(promised["uploadUrl"], content=part, headers={"Content-Range": span}, timeout=60)
    answer = client.post("/api/v1/sheets/tasks", json={"uploadId": promised["uploadId"]})
    task = Task(client, answer)
    until = time.monotonic() + _PATIENCE_SECONDS
    while (status := task.status())["status"] == "processing" and time.monotonic() < until:
        time.sleep(1)
    assert status["status"] == "ready", status
    return str(task.accepted["recordId"])


def main() -> None:
    """Print all figures as one JSON object."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    path = find_chromium()
    if path is None:
        sys.exit("Chromium is not installed: apt-get install chromium.")
    build()
    with (
        tempfile.TemporaryDirectory() as data,
        running_system(data=Path(data), port=0) as system,
        httpx.Client(base_url=system.url, timeout=60) as client,
        chromium(path) as browser,
    ):
        figures = first_view(browser, system.url)
        page = browser.new_page(
            base_url=system.url, locale="en-US", viewport={"width": 1440, "height": 900}
        )
        figures |= scrolling(page, upload(client, rows), rows)
    print(json.dumps({name: round(value, 1) for name, value in figures.items()}))


if __name__ == "__main__":
    main()
