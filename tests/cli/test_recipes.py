"""What was done to one file is done to another."""

from __future__ import annotations

import json

import httpx
import pytest

from tests.http.edits import Sheet
from tests.http.files import workbook

HEAD = ("姓名", "age")


@pytest.fixture
def client(served):
    with httpx.Client(base_url=served.url, headers={"x-sluice-user": "cli"}, timeout=60) as caller:
        yield caller


@pytest.fixture
def uploaded(sluice, client, tmp_path):
    def upload(*rows) -> Sheet:
        file = tmp_path / "people.xlsx"
        file.write_bytes(workbook(HEAD, *rows))
        done = sluice("upload", file, "--wait", "--json")
        return Sheet(client, json.loads(done.stdout)["recordId"])

    return upload


def test_a_recipe_is_saved_and_applied(sluice, uploaded, tmp_path):
    first, second = uploaded(("张三", 31), ("李四", None)), uploaded(("Ann", None), ("Bob", 27))
    first.edit("fill", columns=["age"], method="constant", value=0)
    first.edit("compute", column="old", expression="age > 30")
    file = tmp_path / "recipe.json"

    saved = sluice("recipe", "save", first.id, "--out", file)
    applied = sluice("recipe", "apply", second.id, file)

    assert (saved.returncode, saved.stdout) == (0, f"Saved {file} (2 actions).\n")
    assert [each["action"] for each in json.loads(file.read_text())] == ["fill", "compute"]
    assert applied.returncode == 0, applied.stderr
    assert "has a new version" in applied.stdout
    assert second.rows() == [["Ann", 0, False], ["Bob", 27, False]]


def test_without_a_file_it_is_printed(sluice, uploaded):
    record = uploaded(("张三", 31))
    record.edit("rename", columns={"age": "年龄"})

    printed = json.loads(sluice("recipe", "save", record.id).stdout)

    assert printed == [{"action": "rename", "columns": {"age": "年龄"}}]


def test_what_cannot_be_applied_is_told_in_a_sentence(sluice, uploaded, tmp_path):
    record, file = uploaded(("张三", 31)), tmp_path / "recipe.json"
    for text, says, code in (
        ('[{"action": "drop", "columns": ["x"]}]', "There is no column 'x'", 2),
        ('[{"action": "compute", "column": "x", "expression": "姓名 + 1"}]', "cannot be", 1),
        ("{}", "a recipe is a list of actions", 2),
        ("[", "is no recipe", 2),
    ):
        file.write_text(text)
        done = sluice("recipe", "apply", record.id, file)
        assert (done.returncode, done.stdout) == (code, ""), done.stderr
        assert says in done.stderr
        assert "Traceback" not in done.stderr
