"""A wrong setting is told in one line; a right one loads nothing that a start could do without."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.nudge.google import JOB

ROOT = Path(__file__).parents[2]
FUNCTIONS = ("upload", "status", "worker")
NO_TOKEN = (
    "WORKER_URL: NUDGE=http sends no token, which Cloud Run demands: use NUDGE=scheduler there."
)
NO_FULL_NAME = (
    "NUDGE_SCHEDULER_JOB: NUDGE=scheduler needs the full name of the Cloud Scheduler job: "
    "projects/…/locations/…/jobs/…"
)
_LOAD = """
import json, runpy, sys
runpy.run_path(f"functions/{sys.argv[1]}/main.py", run_name="main")
print(json.dumps(sorted(sys.modules)))
"""


def started(function: str, **settings: str) -> subprocess.CompletedProcess[str]:
    env = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "DATABASE_URL": "postgresql://127.0.0.1/none",
        "STORAGE_BUCKET": "none",
        **settings,
    }
    return subprocess.run(
        [sys.executable, "-c", _LOAD, function],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("settings", "line"),
    [
        ({"NUDGE": "telepathy"}, "NUDGE: Input should be 'none', 'http' or 'scheduler'"),
        (
            {"NUDGE": "http"},
            "WORKER_URL: NUDGE=http needs the worker's address, e.g. http://worker:8080/.",
        ),
        (
            {"NUDGE": "http", "WORKER_URL": "worker:8080"},
            "WORKER_URL: URL scheme should be 'http' or 'https'",
        ),
        (
            {"NUDGE": "http", "WORKER_URL": "https://sluice-worker-1-ew.a.run.app"},
            NO_TOKEN,
        ),
        ({"NUDGE": "scheduler"}, NO_FULL_NAME),
        ({"NUDGE": "scheduler", "NUDGE_SCHEDULER_JOB": "sluice-tick"}, NO_FULL_NAME),
        ({"WORKER_MAX_DRAINS": "0"}, "WORKER_MAX_DRAINS: Input should be greater than 0"),
    ],
)
def test_a_wrong_setting_stops_the_start_with_one_line(settings, line):
    done = started("upload", **settings)

    assert done.returncode == 78
    assert done.stderr.splitlines() == [line]


@pytest.mark.parametrize("function", FUNCTIONS)
def test_every_function_can_nudge_and_loads_nothing_for_it_at_its_start(function):
    done = started(function, NUDGE="scheduler", NUDGE_SCHEDULER_JOB=JOB)

    assert done.returncode == 0, done.stderr
    loaded = set(json.loads(done.stdout))
    assert "shared.nudge.settings" in loaded
    assert loaded.isdisjoint({"google.auth", "requests"})
