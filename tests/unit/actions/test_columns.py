# ruff: noqa: DTZ001
"""Actions on columns: rename, drop, reorder, change_type."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from shared.errors import Unprocessable
from tests.unit.actions.tables import Odd, changed, rows, table


def test_columns_get_other_names_and_two_may_swap():
    frame = table(姓名=["张三"], b=[1], c=[2])

    found = changed(frame, {"action": "rename", "columns": {"姓名": "name", "b": "c", "c": "b"}})

    assert rows(found) == {"name": ["张三"], "c": [1], "b": [2]}


@pytest.mark.parametrize("name", ["b", "_odd"])
def test_a_name_that_is_taken_is_refused(name):
    with pytest.raises((Unprocessable, ValueError), match=r"taken|keeps for itself"):
        changed(table(a=[1], b=[2]), {"action": "rename", "columns": {"a": name}})


def test_an_unknown_column_is_told_with_those_that_there_are():
    with pytest.raises(Unprocessable, match=r"no column 'x'\. The columns are: a, 年龄"):
        changed(table(a=[1], 年龄=[2]), {"action": "drop", "columns": ["x"]})


def test_columns_are_left_out():
    found = changed(table(a=[1], b=[2], c=[3]), {"action": "drop", "columns": ["c", "a"]})

    assert rows(found) == {"b": [2]}


def test_the_last_column_stays():
    with pytest.raises(Unprocessable, match="at least one"):
        changed(table(a=[1]), {"action": "drop", "columns": ["a"]})


def test_columns_come_first():
    found = changed(table(a=[1], b=[2], c=[3]), {"action": "reorder", "columns": ["c", "a"]})

    assert list(rows(found)) == ["c", "a", "b"]


def retyped(values, kind, *, of=None, **options):
    frame = table({"x": of} if of else None, x=values)
    action = {"action": "change_type", "columns": ["x"], "type": kind, **options}
    return rows(changed(frame, action))["x"]


@pytest.mark.parametrize(
    ("values", "kind", "expected"),
    [
        (["1", "2.0", " 3 ", "007", "1,234", None], "integer", [1, 2, 3, 7, 1234, None]),
        (["1.5", "12%", "１２"], "decimal", [1.5, 0.12, 12.0]),
        (["yes", "否", "TRUE", "0"], "boolean", [True, False, True, False]),
        (["2024年5月6日", "2024-05-07"], "date", [date(2024, 5, 6), date(2024, 5, 7)]),
        (["2024-05-06 07:08:09"], "datetime", [datetime(2024, 5, 6, 7, 8, 9)]),
        (["07:08:09"], "time", [time(7, 8, 9)]),
        (["30:15:00", "-0:30"], "duration", [timedelta(hours=30.25), -timedelta(minutes=30)]),
        ([1, None, 2**60], "text", ["1", None, str(2**60)]),
        ([1.0, 2.5], "text", ["1", "2.5"]),
        ([True, False], "text", ["TRUE", "FALSE"]),
        ([date(2024, 5, 6)], "text", ["2024-05-06"]),
        ([datetime(2024, 5, 6), datetime(2024, 5, 6, 7)], "date", [date(2024, 5, 6)] * 2),
        ([date(2024, 5, 6)], "datetime", [datetime(2024, 5, 6)]),
        ([1, 0], "boolean", [True, False]),
        ([True], "integer", [1]),
        ([1.0, None], "integer", [1, None]),
        ([3], "decimal", [3.0]),
        (["x", None], "category", ["x", None]),
        ([1], "category", ["1"]),
        ([time(1, 30)], "duration", [timedelta(hours=1.5)]),
    ],
)
def test_values_are_read_as_another_type(values, kind, expected):
    found = retyped(values, kind)

    assert found == expected
    assert [type(value) for value in found] == [type(value) for value in expected]


def test_what_does_not_fit_is_kept_beside_the_column():
    assert retyped(["1", "ca. 2", None], "integer") == [1, Odd("ca. 2"), None]
    assert retyped([1.5, 2.0], "integer") == [Odd("1.5"), 2]
    assert retyped([date(2024, 5, 6)], "integer") == [Odd("2024-05-06")]


def test_or_left_blank():
    assert retyped(["1", "ca. 2"], "integer", unfit="blank") == [1, None]
    assert retyped([1, Odd("#N/A")], "integer", of="integer", unfit="blank") == [1, None]


def test_odd_cells_become_texts_again_and_are_tried_anew():
    assert retyped([1, Odd("ca. 2")], "text") == ["1", "ca. 2"]
    assert retyped([1, Odd("2.5"), Odd("#N/A")], "decimal") == [1.0, 2.5, Odd("#N/A")]
