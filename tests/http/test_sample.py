"""The sample through the command line, against a result that was written without Sluice."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from local.system import System
from tests.http.conftest import SAMPLE

ROOT = Path(__file__).parents[2]
EXPECTED = ROOT / "tests" / "sample" / "expected_penguins.csv"


def sluice(system: System, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "SLUICE_URL": system.url, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "cli.main", *arguments]
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def record(system: System) -> dict[str, object]:
    done = sluice(system, "upload", SAMPLE, "--wait", "--json")
    assert done.returncode == 0, done.stderr
    task = json.loads(done.stdout)
    assert task["status"] == "ready"
    return dict(task["record"])


def test_it_becomes_ready_with_the_right_counts(record):
    assert (record["totalRows"], record["totalCols"]) == (344, 17)


AS_TYPED = {"keep_default_na": False, "na_values": [""]}


def read_parquet(path: Path) -> pd.DataFrame:
    """Put the odd cells, which stand beside the typed columns, back into their places."""
    frame = pd.read_parquet(path)
    odd = frame.pop("_odd")
    frame = frame.astype(object)
    for row, cells in odd.dropna().items():
        for cell in cells:
            frame.iloc[row, cell["column"]] = cell["text"]
    return frame


READ: dict[str, Callable[[Path], pd.DataFrame]] = {
    ".xlsx": lambda path: pd.read_excel(path, engine="openpyxl", **AS_TYPED),
    ".csv": lambda path: pd.read_csv(path, **AS_TYPED),
    ".json": lambda path: pd.read_json(path, dtype=False, precise_float=True),
    ".parquet": read_parquet,
}


def as_text(frame: pd.DataFrame) -> pd.DataFrame:
    """Every cell as text, so that 18 and 18.0 are the same and nothing else is."""

    def cell(value: object) -> str:
        if pd.isna(value):
            return ""
        if isinstance(value, pd.Timestamp):
            return value.date().isoformat()
        try:
            return repr(float(str(value)))
        except ValueError:
            return str(value)

    return frame.map(cell)


@pytest.mark.parametrize("suffix", READ)
def test_its_export_equals_the_expected_file_cell_by_cell(system, record, tmp_path, suffix):
    out = tmp_path / f"penguins{suffix}"
    done = sluice(system, "export", str(record["recordId"]), "-o", out)
    assert done.returncode == 0, done.stderr

    expected = pd.read_csv(EXPECTED, **AS_TYPED)
    found = READ[suffix](out)
    assert list(found.columns) == list(expected.columns)
    pd.testing.assert_frame_equal(as_text(found), as_text(expected))
