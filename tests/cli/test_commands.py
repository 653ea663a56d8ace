import io
import json
from functools import partial

import pandas as pd
import pytest

from local.ports import free_port
from tests.cli.conftest import SAMPLE
from tests.http.files import workbook

UNKNOWN = "5f0c6a1e-0000-4000-8000-000000000000"


@pytest.fixture(scope="session")
def record(sluice):
    """A record that is ready."""
    done = sluice("upload", SAMPLE, "--wait", "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)["recordId"]


def test_upload_and_wait_prints_the_last_status_as_json_and_nothing_else(sluice):
    done = sluice("upload", SAMPLE, "--wait", "--json")
    status = json.loads(done.stdout)
    assert done.returncode == 0
    assert (status["status"], status["progress"]) == ("ready", 100)
    assert (status["record"]["totalRows"], status["record"]["totalCols"]) == (344, 17)


def test_upload_does_not_wait_unless_told_to(sluice):
    done = sluice("upload", SAMPLE, "--json")
    accepted = json.loads(done.stdout)
    assert (done.returncode, accepted["status"]) == (0, "processing")
    job = sluice("status", accepted["recordId"], "--job", accepted["jobId"], "--json")
    assert json.loads(job.stdout)["jobId"] == accepted["jobId"]


def test_people_get_sentences_and_tables(sluice, record):
    assert "344 rows × 17 columns" in sluice("upload", SAMPLE, "--wait").stdout
    assert "物种 Species" in sluice("status", record).stdout
    assert "rows 11 to 12 of 344" in sluice("preview", record, "--offset", 10, "--limit", 2).stdout
    assert "parse_excel" in sluice("jobs").stdout


def test_preview_returns_the_page_that_was_asked_for(sluice, record):
    done = sluice("preview", record, "--offset", "340", "--limit", "10", "--json")
    page = json.loads(done.stdout)
    assert (page["offset"], len(page["rows"]), page["totalRows"]) == (340, 4, 344)


def test_jobs_lists_the_users_own(sluice, record):
    mine = json.loads(sluice("jobs", "--json").stdout)
    assert record in {job["recordId"] for job in mine["jobs"]}
    theirs = json.loads(sluice("jobs", "--json", "--user", "nobody-yet").stdout)
    assert theirs["jobs"] == []


def test_jobs_go_on_from_a_cursor(sluice, record):
    sluice("upload", SAMPLE, "--wait")
    first = json.loads(sluice("jobs", "--limit", "1", "--json").stdout)
    second = json.loads(
        sluice("jobs", "--limit", "1", "--cursor", first["nextCursor"], "--json").stdout
    )
    assert first["jobs"][0]["jobId"] > second["jobs"][0]["jobId"]


@pytest.mark.parametrize(
    ("suffix", "read"),
    [
        ("xlsx", partial(pd.read_excel, engine="openpyxl")),
        ("csv", pd.read_csv),
        ("parquet", pd.read_parquet),
        ("json", pd.read_json),
    ],
)
def test_export_takes_the_format_from_the_suffix(sluice, record, tmp_path, suffix, read):
    output = tmp_path / f"企鹅.{suffix}"
    done = sluice("export", record, "-o", output, "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["bytes"] == output.stat().st_size
    assert len(read(io.BytesIO(output.read_bytes()))) == 344


def test_export_leaves_no_file_behind_when_it_fails(sluice, tmp_path):
    done = sluice("export", UNKNOWN, "-o", tmp_path / "out.csv")
    assert done.returncode == 2
    assert list(tmp_path.iterdir()) == []


def test_an_export_needs_a_format_that_exists(sluice, record, tmp_path):
    done = sluice("export", record, "-o", tmp_path / "out.doc")
    assert done.returncode == 2
    assert "--format xlsx, csv, parquet, json" in done.stderr


def fails_with_one_sentence(done, code):
    assert done.returncode == code
    assert done.stdout == ""
    lines = [line for line in done.stderr.splitlines() if "%" not in line]
    assert len(lines) == 1, done.stderr
    return lines[0]


def test_1_is_for_a_task_that_ends_in_error(sluice, tmp_path):
    empty = tmp_path / "empty.xlsx"
    empty.write_bytes(workbook())
    done = sluice("upload", empty, "--wait")
    assert fails_with_one_sentence(done, 1)


def test_an_error_is_still_data_for_a_script(sluice, tmp_path):
    empty = tmp_path / "empty.xlsx"
    empty.write_bytes(workbook())
    done = sluice("upload", empty, "--wait", "--json")
    status = json.loads(done.stdout)
    assert (done.returncode, status["status"]) == (1, "error")
    assert status["error"] in done.stderr
    assert sluice("status", status["recordId"], "--json").returncode == 1


def test_2_is_for_a_record_that_nobody_has(sluice):
    assert "record" in fails_with_one_sentence(sluice("status", UNKNOWN), 2)


def test_2_is_for_a_file_that_is_no_spreadsheet(sluice, tmp_path):
    pdf = tmp_path / "report.xlsx"
    pdf.write_bytes(b"%PDF-1.7\n" * 100)
    assert fails_with_one_sentence(sluice("upload", pdf), 2)


def test_2_is_for_wrong_usage(sluice):
    assert sluice("upload", "/nowhere.xlsx").returncode == 2
    assert sluice("preview").returncode == 2
    assert sluice("fly").returncode == 2


def test_3_is_for_a_server_that_does_not_answer(sluice):
    url = f"http://127.0.0.1:{free_port()}"
    line = fails_with_one_sentence(sluice("jobs", "--url", url), 3)
    assert url in line
    assert "sluice up" in line


def test_3_is_for_a_database_that_does_not_answer(sluice):
    url = f"postgresql://nobody@127.0.0.1:{free_port()}/x"
    done = sluice("migrate", "--database-url", url)
    assert done.returncode == 3
    assert done.stderr.startswith("The database does not answer")
    assert "Traceback" not in done.stderr


def test_migrate_applies_what_is_missing_once(sluice, served):
    database_url = served.postgres.ensure_database("fresh")
    first = sluice("migrate", "--json", DATABASE_URL=database_url)
    again = sluice("migrate", "--json", DATABASE_URL=database_url)
    assert "0001_queue.sql" in json.loads(first.stdout)["applied"]
    assert json.loads(again.stdout) == {"applied": []}


def test_the_help_tells_the_exit_codes(sluice):
    for arguments in (["--help"], ["upload", "--help"]):
        text = " ".join(sluice(*arguments).stdout.split())
        assert "Exit codes: 0" in text
