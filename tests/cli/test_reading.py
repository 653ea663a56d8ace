"""How a file is to be read, and what is doubtful in it, by the command line."""

import json

import openpyxl
import pytest

from tests.http.files import workbook


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "data.xlsx"
    path.write_bytes(workbook(("code", "n"), *((f"00{n}", n) for n in range(12)), ("5 ", "x")))
    return path


def upload(sluice, file, *options):
    done = sluice("upload", file, "--wait", "--json", *options)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)["record"]


def types(record):
    return [column["type"] for column in record["columns"]]


def test_options_say_how_to_read_a_file(sluice, file):
    record = upload(sluice, file, "--type", "code=integer", "--as-text", "n", "--header-row", 1)

    assert types(record) == ["integer", "text"]
    assert record["source"]["given"] == ["headerRow", "asText", "types"]


def test_the_options_of_a_record_read_another_file(sluice, file, tmp_path):
    record = upload(sluice, file, "--header-row", 0)
    options = tmp_path / "options.json"
    options.write_text(json.dumps(record["source"]["options"]), encoding="utf-8")

    again = upload(sluice, file, "--options", options)

    assert again["source"]["options"] == record["source"]["options"]
    assert again["totalRows"] == 14


def test_a_record_is_read_again(sluice, file):
    record = upload(sluice, file)

    done = sluice("parse", record["recordId"], "--type", "code=integer", "--wait", "--json")

    assert types(json.loads(done.stdout)["record"])[0] == "integer"


def test_wrong_options_are_refused_with_a_sentence(sluice, file, tmp_path):
    wrong = sluice("upload", file, "--date-order", "sideways")
    assert (wrong.returncode, "dateOrder" in wrong.stderr) == (2, True)
    assert sluice("upload", file, "--type", "code").returncode == 2
    (tmp_path / "no.json").write_text("[", encoding="utf-8")
    assert sluice("upload", file, "--options", tmp_path / "no.json").returncode == 2


def test_findings_are_shown_and_saved(sluice, file, tmp_path):
    record, book = upload(sluice, file)["recordId"], tmp_path / "findings.xlsx"

    shown = sluice("findings", record, "--output", book)
    chinese = sluice("findings", record, "--zh")
    found = json.loads(sluice("findings", record, "--json").stdout)

    assert shown.returncode == 0, shown.stderr
    assert "whitespace" in shown.stdout
    assert "单元格" in chinese.stdout
    assert {"whitespace", "mixed_types"} <= {each["rule"] for each in found["findings"]}
    assert openpyxl.load_workbook(book).sheetnames == ["Findings", "Data"]
