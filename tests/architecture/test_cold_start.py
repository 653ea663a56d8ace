"""Upload and status load nothing heavy, neither at their start nor when they serve."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HEAVY = [
    *("pandas", "openpyxl", "python_calamine", "numpy", "duckdb", "polars"),
    *("jwt", "cryptography"),
]
EXPORTING = ["opentelemetry.sdk", "opentelemetry.exporter"]

_LOAD = """
import importlib.util, json, sys
spec = importlib.util.spec_from_file_location("main", f"functions/{sys.argv[1]}/main.py")
spec.loader.exec_module(importlib.util.module_from_spec(spec))
print(json.dumps(sorted(sys.modules)))
"""


def loaded_by(function: str) -> set[str]:
    env = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "DATABASE_URL": "postgresql://127.0.0.1/none",
        "STORAGE_BUCKET": "none",
    }
    command = [sys.executable, "-c", _LOAD, function]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, check=True)
    return set(json.loads(done.stdout))


@pytest.mark.parametrize("function", ["upload", "status"])
def test_a_request_scoped_function_loads_nothing_heavy(function):
    loaded = loaded_by(function)

    assert {"flask", "psycopg"} <= loaded
    assert loaded.isdisjoint([*HEAVY, "pyarrow", "google.cloud.storage", *EXPORTING])


def test_the_worker_leaves_the_heavy_modules_to_its_children():
    loaded = loaded_by("worker")

    assert "functions.worker.drains.drain" in loaded
    assert loaded.isdisjoint([*HEAVY, "pyarrow", *EXPORTING])


@pytest.mark.parametrize("function", ["upload", "status"])
def test_a_wrong_setting_stops_the_start_with_a_line_per_fault(function):
    env = {**os.environ, "PYTHONPATH": str(ROOT), "DATABASE_URL": "mysql://x", "AUTH_MODE": "open"}
    env.pop("STORAGE_BUCKET", None)
    command = [sys.executable, "-c", _LOAD, function]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)

    assert done.returncode == 78
    assert sorted(line.split(":")[0] for line in done.stderr.splitlines()) == [
        "AUTH_MODE",
        "DATABASE_URL",
        "STORAGE_BUCKET",
    ]


def test_an_open_door_is_refused_in_the_cloud():
    env = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "DATABASE_URL": "postgresql://127.0.0.1/none",
        "STORAGE_BUCKET": "none",
        "AUTH_MODE": "none",
        "K_SERVICE": "upload",
    }
    command = [sys.executable, "-c", _LOAD, "upload"]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)

    assert done.returncode == 78
    assert "AUTH_MODE=none lets anybody in" in done.stderr
