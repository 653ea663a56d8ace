"""`sluice screen` and `sluice extract`: from files to results, with the built-in models."""

from __future__ import annotations

import csv
import json

import pytest

from tests.screening.work import CRITERIA, ris

TEMPLATE = [
    {"name": "weight", "type": "number", "unit": "kg"},
    {"name": "fever", "type": "boolean", "labels": ["发热"]},
]


@pytest.fixture
def write(tmp_path):
    def put(name, content):
        file = tmp_path / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return file

    return put


@pytest.fixture
def criteria(write):
    return write("criteria.json", "\ufeff" + CRITERIA.model_dump_json())


@pytest.fixture
def template(write):
    return write("template.json", json.dumps(TEMPLATE, ensure_ascii=False))


def rows_of(file):
    return list(csv.DictReader(file.read_text("utf-8-sig").splitlines()))


def test_references_are_screened_and_saved(sluice, write, criteria, tmp_path):
    saved = tmp_path / "screened.csv"
    done = sluice("screen", write("found.ris", ris(21)), "--criteria", criteria, "-o", saved)
    assert done.returncode == 0, done.stderr
    assert "Accepted as record" in done.stdout
    assert "references 21, duplicates 0," in done.stdout
    assert [row["number"] for row in rows_of(saved)] == [str(n) for n in range(1, 22)]


def test_a_table_is_read_by_the_columns_that_are_named(sluice, write, criteria):
    table = write("found.csv", "Name,Summary\n" + "\n".join(f"Study {n},Text {n}" for n in "ab"))
    done = sluice("screen", table, "--criteria", criteria)
    assert done.returncode == 1
    assert "Say which column holds the title" in done.stderr
    assert "kept in record" in done.stderr
    named = ("--column", "title=Name", "--column", "abstract=Summary")
    done = sluice("screen", table, "--criteria", criteria, *named, "--json")
    assert json.loads(done.stdout)["summary"]["prisma"]["screened"] == 2


def test_values_are_taken_out_of_texts_and_saved(sluice, write, template, tmp_path):
    texts = write("a.txt", "Weight 72.5 kg, denies fever."), write("b.txt", "有发热。")
    saved = tmp_path / "values.csv"
    done = sluice("extract", "--template", template, *texts, "-o", saved)
    assert done.returncode == 0, done.stderr
    assert "values in 2 texts" in done.stdout
    assert [(row["weight"], row["fever"]) for row in rows_of(saved)] == [
        ("72.5", "false"),
        ("", "true"),
    ]


def test_values_become_columns_of_a_record(sluice, write, template):
    table = write("notes.csv", "id,note\n1,Weight 60 kg\n2,nothing\n")
    record = json.loads(sluice("upload", table, "--wait", "--json").stdout)["recordId"]
    of_record = ("--record", record, "--column", "note", "--add-columns")
    done = sluice("extract", "--template", template, *of_record)
    assert done.returncode == 0, done.stderr
    page = json.loads(sluice("preview", record, "--json").stdout)
    assert [column["name"] for column in page["columns"]] == ["id", "note", "weight", "fever"]


@pytest.mark.parametrize(
    ("content", "says"),
    [("{", "is no JSON: "), (b"\xff\xfe\xff", "is no text in UTF-8"), ("[]", "cannot be used")],
    ids=["no JSON", "no text", "nothing wanted"],
)
def test_what_cannot_be_wanted_is_said_in_a_sentence(sluice, write, content, says):
    wanted, text = write("wanted.json", content), write("a.ris", ris(1))
    for done in (
        sluice("screen", text, "--criteria", wanted),
        sluice("extract", text, "--template", wanted),
    ):
        assert done.returncode == 2, done.stderr
        assert says in done.stderr
        assert "Traceback" not in done.stderr


def test_a_large_file_goes_straight_to_the_bucket(sluice, write, criteria):
    padded = ris(2) + b"\n" * (31 << 20)
    done = sluice("screen", write("large.ris", padded), "--criteria", criteria, "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["summary"]["prisma"]["identified"] == 2
