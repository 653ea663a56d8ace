"""A browser in front of the whole system."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from local.system import System, running_system
from local.web_build import NoNode, build
from tests.browser.chromium import chromium, find_chromium
from tests.http.task import Task

SAMPLE = Path(__file__).parents[2] / "samples" / "penguins.xlsx"
PATIENCE_MS = 20_000
expect.set_options(timeout=PATIENCE_MS)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep these tests in one process, in front of one system."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    path = find_chromium()
    if path is None:
        pytest.skip("Chromium is not installed: apt-get install chromium.")
    with chromium(path) as running:
        yield running


@pytest.fixture(scope="session")
def system(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """A running system with the page in front."""
    try:
        build()
    except NoNode as missing:
        pytest.skip(f"The page cannot be built: {missing}")
    except subprocess.CalledProcessError as failed:
        pytest.fail(f"The page's build failed: {failed}")
    with running_system(data=tmp_path_factory.mktemp("browser"), port=0) as running:
        yield running


@pytest.fixture
def page(browser: Browser, system: System) -> Iterator[Page]:
    """A page of a new reader; what it logs as an error fails the test."""
    context = browser.new_context(
        base_url=system.url, viewport={"width": 1280, "height": 800}, locale="en-US"
    )
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    yield opened
    context.close()
    assert [each for each in errors if not re.search(r"Failed to load resource", each)] == []


@pytest.fixture
def client(system: System) -> Iterator[httpx.Client]:
    """The same user outside of the browser."""
    with httpx.Client(base_url=system.url, timeout=60) as local:
        yield local


@pytest.fixture(scope="session")
def sample(system: System) -> Iterator[Task]:
    """The sample, uploaded and parsed."""
    with httpx.Client(base_url=system.url, timeout=60) as client:
        answer = client.post(
            "/api/v1/sheets/tasks", files={"file": ("企鹅 penguins.xlsx", SAMPLE.read_bytes())}
        )
        task = Task(client, answer)
        assert task.wait()["status"] == "ready"
        yield task
