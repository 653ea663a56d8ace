"""A copy of the code with job kinds of the tests' own dropped in as one file each."""

from __future__ import annotations

import shutil
from pathlib import Path

ROOT = Path(__file__).parents[2]
HANDLERS = Path(__file__).parent / "handlers"


def furnish(house: Path) -> Path:
    """Put the functions, and the tests' handlers beside the real ones, into an empty folder."""
    copy_code(house)
    for file in HANDLERS.glob("[a-z]*.py"):
        shutil.copy(file, house / "functions" / "worker" / "handlers")
    return house


def copy_code(house: Path) -> None:
    """Put the functions into an empty folder, as they are deployed."""
    for package in ("functions", "shared"):
        shutil.copytree(ROOT / package, house / package)
