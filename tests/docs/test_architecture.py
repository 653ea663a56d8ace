"""What docs/architecture.md names is there, and it leaves no room out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PICTURE = ROOT / "docs" / "architecture.svg"
TEXT = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
ROOMS = TEXT.split("## The rooms")[1].split("\n## ")[0]
NAMED = sorted(set(re.findall(r"`([\w./]+(?:\.\w+|/))`", TEXT)))
IN_PICTURE = [
    name.strip()
    for line in re.findall(r">([^<]+\.py[^<]*)<", PICTURE.read_text(encoding="utf-8"))
    for name in line.partition(":")[0].split(",")
]
MODULES = {"shared.errors", "shared.db"}
SOURCE_FOLDERS = ("cli", "functions", "infra", "local", "shared", "tests", "web/src")


@pytest.mark.parametrize("name", sorted({*NAMED, *IN_PICTURE} - MODULES))
def test_what_it_names_is_there(name: str):
    anywhere = (
        found
        for folder in SOURCE_FOLDERS
        for found in (ROOT / folder).rglob(Path(name).name)
        if f"/{found.relative_to(ROOT)}".endswith("/" + name.rstrip("/"))
    )

    assert (ROOT / name).exists() or next(anywhere, None)


@pytest.mark.parametrize("folder", ["functions", "functions/worker", "shared"])
def test_it_leaves_no_room_out(folder: str):
    rooms = {package.parent.name for package in (ROOT / folder).glob("*/__init__.py")}
    told = set(re.findall(r"(\w+)/`", ROOMS))

    assert rooms - told == set()
