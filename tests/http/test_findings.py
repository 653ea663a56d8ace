"""What is doubtful in a record, through the whole system."""

from __future__ import annotations

import io

import openpyxl
import pytest

from tests.http.files import workbook
from tests.http.task import sentence

SHEET = workbook(
    ("病历号", "town", "weight", "seen"),
    *((n, "Berlin" if n % 2 else "Hamburg", 50 + n, f"2024-05-{n % 28 + 1:02}") for n in range(30)),
    (7, "berlin", "ca. 60", "2924-05-01"),
    (31, "Berlin", None, "2024-05-02"),
)


@pytest.fixture(scope="module")
def record(system):
    """A sheet with one fault of a kind in each column."""
    import httpx  # noqa: PLC0415

    from tests.http.task import Task  # noqa: PLC0415

    with httpx.Client(base_url=system.url, headers={"x-sluice-user": "ann"}, timeout=60) as ann:
        task = Task(ann, ann.post("/api/v1/sheets/tasks", files={"file": ("秤.xlsx", SHEET)}))
        assert task.wait()["status"] == "ready"
        yield task


def by_rule(found):
    return {(each["column"], each["rule"]): each for each in found["findings"]}


def test_each_fault_is_found_with_its_place_and_a_suggestion(record):
    found = record.data("/findings")

    shown = {
        key: [(cell["cell"], cell["value"], cell["suggestion"]) for cell in each["cells"]]
        for key, each in by_rule(found).items()
    }
    assert shown == {
        ("病历号", "duplicate_key"): [("A32", 7, "row 9")],
        ("town", "look_alike"): [("B32", "berlin", "Berlin")],
        ("weight", "mixed_types"): [("C32", "ca. 60", 60)],
        ("weight", "blank"): [("C33", None, None)],
        ("seen", "out_of_range_date"): [("D32", "2924-05-01", None)],
    }
    assert found["count"] == 5
    assert found["looked"] is True


def test_sentences_are_in_two_languages(record):
    blank = by_rule(record.data("/findings"))["weight", "blank"]

    assert blank["sheet"] == "Sheet"
    assert blank["message"]["en"] == ("1 cell in “weight” without a value, where 96.9 % have one.")
    assert blank["message"]["zh"] == "“weight”列有1个空白单元格，而96.9%的单元格有值。"


def test_some_findings_and_no_cells_can_be_asked_for(record):
    found = record.data("/findings", rules=["blank", "mixed_types"], columns=["weight"], cells=0)

    assert [each["rule"] for each in found["findings"]] == ["mixed_types", "blank"]
    assert all(each["count"] == 1 and each["cells"] == [] for each in found["findings"])


def test_the_workbook_marks_the_cells_and_lists_the_findings(record):
    answer = record.get("/findings/workbook")

    assert "%E7%A7%A4%20findings.xlsx" in answer.headers["content-disposition"]
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames == ["Findings", "Data"]
    data = book["Data"]
    noted = {c.coordinate: c.comment.text for row in data.rows for c in row if c.comment}
    assert noted == {
        "A32": "duplicate key: row 9",
        "B32": "look alike: Berlin",
        "C32": "mixed types: 60",
        "C33": "blank",
        "D32": "out of range date",
    }
    assert data["C32"].value == "ca. 60"
    assert data["C32"].fill.bgColor.rgb or data["C32"].fill.fgColor.rgb.endswith("FFE699")
    assert data["D2"].value.isoformat() == "2024-05-01T00:00:00"
    assert [cell.value for cell in book["Findings"]["B"]][1:] == [
        *("病历号", "town", "weight", "weight", "seen")
    ]


def test_a_clean_record_has_none(upload):
    task = upload(workbook(("a", "b"), (1, 2.5), (2, 3.5)))
    task.wait()

    assert task.data("/findings") == {"count": 0, "findings": [], "looked": True}


def test_a_stranger_and_a_wrong_rule_are_refused(record, stranger):
    assert "no such record" in sentence(stranger.get(f"{record.url}/findings"), 404)
    assert "rules" in sentence(record.get("/findings", rules="colour"), 422)
