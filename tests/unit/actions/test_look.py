"""What is doubtful in a table that an edit has made."""

import pytest

from functions.worker.frames.look import findings_of
from functions.worker.frames.publish import _column
from tests.unit.actions.tables import Odd, changed, table


def found(frame):
    columns = [_column(cells, place) for place, cells in enumerate(frame.columns)]
    return {
        each.rule: [(cell.cell, cell.value) for cell in each.cells]
        for each in findings_of(frame, columns).findings
    }


def test_places_are_those_in_the_new_workbook():
    frame = table(
        n=[*range(30), Odd("ND"), Odd("#N/A"), None], town=["a ", *"bcdefghij"] * 3 + ["k"] * 3
    )

    assert found(frame) == {
        "error_cell": [("A33", "#N/A")],
        "mixed_types": [("A32", "ND")],
        "blank": [("A34", None)],
        "whitespace": [("B2", "a "), ("B12", "a "), ("B22", "a ")],
    }


def test_what_an_edit_has_repaired_is_no_finding_any_more():
    frame = table(town=["Bonn ", "Köln"])

    assert found(changed(frame, {"action": "trim"})) == {}


@pytest.mark.parametrize("kind", ["integer", "text", "date", "boolean", "duration", "category"])
def test_a_table_without_rows_has_none(kind):
    assert found(table({"x": kind}, x=[])) == {}
