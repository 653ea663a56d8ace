"""Who is an operator is a setting of the status function."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from functions.status.settings import StatusSettings

ROOT = Path(__file__).parents[2]
NEEDED = {"DATABASE_URL": "postgresql://host/db", "STORAGE_BUCKET": "bucket"}


@pytest.fixture(autouse=True)
def needed(monkeypatch):
    for name, value in NEEDED.items():
        monkeypatch.setenv(name, value)


def test_only_the_user_of_one_machine_is_one_unless_more_are_named(monkeypatch):
    assert StatusSettings().all_operators == {"local"}

    monkeypatch.setenv("OPERATORS", '["ann", "bob"]')
    assert StatusSettings().all_operators == {"ann", "bob", "local"}


def test_a_list_that_is_none_stops_the_start_with_one_line():
    code = "from functions.status.settings import settings; settings()"
    done = subprocess.run(
        [sys.executable, "-c", code],
        check=False,
        cwd=ROOT,
        env={**os.environ, "OPERATORS": "ann"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 78
    assert done.stderr.startswith("OPERATORS: Invalid JSON")
    assert len(done.stderr.splitlines()) == 1
