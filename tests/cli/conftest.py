"""The command line as people and scripts use it: a process with arguments, output, exit code."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from local.system import running_system

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "samples" / "penguins.xlsx"
SLUICE = (sys.executable, "-m", "cli.main")


def pytest_collection_modifyitems(items):
    """Keep the tests that share a system in one process."""
    for item in items:
        if "served" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group("cli"))


@pytest.fixture(scope="session")
def served(tmp_path_factory):
    """A running system."""
    with running_system(data=tmp_path_factory.mktemp("cli"), port=0) as system:
        yield system


@pytest.fixture(scope="session")
def sluice(served):
    """Run a command against it to the end."""
    env = {**os.environ, "SLUICE_URL": served.url, "SLUICE_USER": "cli", "COLUMNS": "200"}

    def run(*arguments, **extra_env):
        return subprocess.run(
            [*SLUICE, *map(str, arguments)],
            check=False,
            cwd=ROOT,
            env=env | extra_env,
            capture_output=True,
            text=True,
            timeout=100,
        )

    return run
