"""The sample is what its README says, and agrees with the file that Sluice is measured by."""

import csv
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "samples" / "penguins.xlsx"
BODY_MASS = 12


@pytest.fixture(scope="module")
def workbook():
    return openpyxl.load_workbook(SAMPLE)


@pytest.fixture(scope="module")
def birds(workbook):
    return list(workbook["企鹅测量 Penguins"].iter_rows(min_row=6, values_only=True))


@pytest.fixture(scope="module")
def expected():
    with (Path(__file__).parent / "expected_penguins.csv").open(encoding="utf-8") as file:
        return list(csv.reader(file))


def test_it_has_the_shape_that_users_send(workbook, birds):
    assert [sheet.sheet_state for sheet in workbook] == ["visible", "visible", "visible", "hidden"]
    data = workbook.worksheets[1]
    assert {str(merge) for merge in data.merged_cells.ranges} >= {"A1:Q1", "B4:I4", "A4:A5"}
    assert all(isinstance(bird[8], datetime) for bird in birds)
    assert {type(bird[BODY_MASS]) for bird in birds} == {str, type(None)}
    assert [cell for bird in birds for cell in bird if str(cell).startswith("#")] == ["#N/A"]
    assert SAMPLE.stat().st_size < 2 * 1024 * 1024


def test_it_holds_the_expected_cells(birds, expected):
    _, *rows = expected
    assert len(birds) == len(rows) == 344
    for bird, row in zip(birds, rows, strict=True):
        assert [_plain(cell) for cell in bird] == [_plain(field) for field in row]


def test_each_expected_name_ends_in_a_name_of_the_header(workbook, expected):
    groups, names = workbook.worksheets[1].iter_rows(min_row=4, max_row=5, values_only=True)
    for column, label in enumerate(expected[0]):
        assert label.split(" / ")[-1] == (names[column] or groups[column])


def _plain(cell: object) -> object:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    try:
        return float(cell or "")
    except ValueError:
        return cell or ""
