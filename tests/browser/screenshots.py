"""Take a picture of every view, wide and narrow, light and dark.

python -m tests.browser.screenshots [FOLDER]
"""

from __future__ import annotations

import sys
import tempfile
from itertools import product
from pathlib import Path

import httpx
from playwright.sync_api import Browser

from local.paths import ROOT
from local.system import running_system
from local.web_build import build
from tests.browser.chromium import chromium, find_chromium
from tests.browser.conftest import SAMPLE
from tests.browser.views import THEMES, VIEWS, Made, make, opened

SIZES = {1440: 900, 390: 844}
DEFAULT = ROOT / ".sluice" / "screenshots"


def take(browser: Browser, url: str, made: Made, folder: Path) -> None:
    """Write `VIEW-WIDTH-THEME.png` for each; the narrow dark ones are Chinese."""
    folder.mkdir(parents=True, exist_ok=True)
    for (width, height), theme in product(SIZES.items(), THEMES):
        language = "zh-CN" if (width, theme) == (390, "dark") else "en"
        context = opened(browser, url, theme=theme, language=language, width=width, height=height)
        page = context.new_page()
        for name, show in VIEWS.items():
            show(page, made)
            page.screenshot(path=folder / f"{name}-{width}-{theme}.png")
        context.close()


def main() -> None:
    """Start a system of our own, with something to show in it."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT
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
        take(browser, system.url, make(client, SAMPLE.read_bytes()), folder)
    print(f"The pictures are in {folder}.")


if __name__ == "__main__":
    main()
