"""Rows and files, filtered and sorted, and what a job has to make first."""

import json

import httpx
import pandas as pd
import pytest

from shared.storage import open_store
from tests.cli.conftest import SAMPLE


@pytest.fixture(scope="module")
def record(sluice):
    """A record that is ready."""
    done = sluice("upload", SAMPLE, "--wait", "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)["recordId"]


@pytest.fixture
def store(served, monkeypatch):
    """The bucket behind the commands."""
    monkeypatch.setenv("STORAGE_EMULATOR_HOST", served.bucket.env["STORAGE_EMULATOR_HOST"])
    open_store.cache_clear()
    return open_store(served.bucket.env["STORAGE_BUCKET"])


def read(file):
    return pd.read_excel(file, engine="calamine")


def test_preview_filters_sorts_and_projects(sluice, record):
    island, mass = "个体 Individual / 岛屿 Island", "测量 Measurements / 体重 Body Mass (g)"
    done = sluice(
        *("preview", record, "--json", "--limit", 3, f"--sort=-{mass}"),
        *("--filter", f"{island}:eq:Dream", "--column", island, "--column", mass),
    )
    assert done.returncode == 0, done.stderr
    page = json.loads(done.stdout)
    assert [row[0] for row in page["rows"]] == ["Dream"] * 3
    masses = [row[1] for row in page["rows"]]
    assert masses == sorted(masses, reverse=True)
    assert 0 < page["matchedRows"] < page["totalRows"]


def test_an_unknown_column_is_the_servers_sentence(sluice, record):
    done = sluice("preview", record, "--filter", "Age:gt:3")
    assert (done.returncode, "no column 'Age'" in done.stderr) == (2, True)


def test_export_waits_for_data_that_has_gone(sluice, record, store, tmp_path):
    keys = store.keys(f"sheets/{record}/")
    store.delete(*(key for key in keys if not key.endswith("/original")))
    out = tmp_path / "a.csv"

    done = sluice("export", record, "-o", out)

    assert done.returncode == 0, done.stderr
    assert len(pd.read_csv(out)) == 344


def test_export_waits_for_a_large_file_and_fetches_it(sluice, served, tmp_path):
    wide = ",".join(f"c{n}" for n in range(1200))
    rows = "\n".join(",".join(str(n + m) for m in range(1200)) for n in range(1700))
    file = tmp_path / "wide.csv"
    file.write_text(f"{wide}\n{rows}\n")
    record = json.loads(sluice("upload", file, "--wait", "--json").stdout)["recordId"]
    direct = httpx.get(
        f"{served.url}/api/v1/sheets/tasks/{record}/export",
        params={"format": "xlsx"},
        headers={"x-sluice-user": "cli"},
        trust_env=False,
    )
    assert direct.status_code == 202, "two million cells are more than a request makes"
    out = tmp_path / "wide.xlsx"

    done = sluice("export", record, "-o", out, "--column", "c0", "--column", "c1199")
    assert done.returncode == 0, done.stderr
    assert read(out).to_numpy().tolist()[-1] == [1699, 2898]

    done = sluice("export", record, "-o", out)
    assert done.returncode == 0, done.stderr
    frame = read(out)
    assert frame.shape == (1700, 1200)
    assert frame.iloc[1699, 1199] == 2898
