"""Actions that make another table: pivot, unpivot, group, join."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from shared.errors import Unprocessable
from tests.unit.actions.tables import Odd, changed, record, rows, table

LONG = table(
    who=["Ann", "Ann", "Bob", "Bob", "张"],
    what=["height", "weight", "height", None, "weight"],
    value=[1.7, 60.0, 1.8, 9.9, 55.0],
)


def test_from_long_to_wide():
    action = {"action": "pivot", "rows": ["who"], "columns": "what", "values": "value"}

    assert rows(changed(LONG, action)) == {
        "who": ["Ann", "Bob", "张"],
        "height": [1.7, 1.8, None],
        "weight": [60.0, None, 55.0],
    }


def test_names_that_are_taken_get_a_number():
    frame = table(a=[1, 1], b=["a", "c"], v=[3, 4])
    action = {"action": "pivot", "rows": ["a"], "columns": "b", "values": "v", "figure": "sum"}

    assert rows(changed(frame, action)) == {"a": [1], "a (2)": [3], "c": [4]}


def test_too_many_columns_are_refused():
    frame = table(a=[1] * 2001, b=list(range(2001)))
    action = {"action": "pivot", "rows": ["a"], "columns": "b", "values": "b"}

    with pytest.raises(Unprocessable, match=r"2,001 values; a pivot makes at most 2,000"):
        changed(frame, action)


def test_from_wide_to_long():
    frame = table({"h": "decimal"}, who=["Ann", "Bob"], h=[1.7, Odd("#N/A")], w=[60, None])
    action = {"action": "unpivot", "columns": ["h", "w"], "namesInto": "what"}

    assert rows(changed(frame, action)) == {
        "who": ["Ann", "Ann", "Bob", "Bob"],
        "what": ["h", "w", "h", "w"],
        "value": [1.7, 60.0, Odd("#N/A"), None],
    }
    without = rows(changed(frame, {**action, "blanks": False}))
    assert without["what"] == ["h", "w", "h"]


def test_columns_of_several_types_become_texts():
    frame = table(a=[1], b=["x"], d=[date(2024, 5, 6)])

    found = rows(changed(frame, {"action": "unpivot", "columns": ["a", "b", "d"]}))

    assert found["value"] == ["1", "x", "2024-05-06"]


SALES = table(
    {"n": "integer"},
    town=["b", "a", "b", None, "a"],
    n=[1, 5, 3, 7, Odd("#N/A")],
    t=[timedelta(hours=hour) for hour in (1, 2, 3, 4, 5)],
    s=["x", "y", "x", "z", None],
)


@pytest.mark.parametrize(
    ("column", "figure", "expected"),
    [
        (None, "count", [2, 2, 1]),
        ("n", "count", [2, 2, 1]),
        ("s", "count", [2, 1, 1]),
        ("s", "distinct", [1, 1, 1]),
        ("n", "sum", [4, 5, 7]),
        ("n", "mean", [2.0, 5.0, 7.0]),
        ("n", "median", [2.0, 5.0, 7.0]),
        ("n", "min", [1, 5, 7]),
        ("s", "max", ["x", "y", "z"]),
        ("n", "first", [1, 5, 7]),
        ("n", "last", [3, 5, 7]),
        ("s", "mode", ["x", "y", "z"]),
        ("n", "sd", [2**0.5, None, None]),
        ("n", "text", ["1; 3", "5; #N/A", "7"]),
        ("t", "sum", [timedelta(hours=4), timedelta(hours=7), timedelta(hours=4)]),
        ("t", "mean", [timedelta(hours=2), timedelta(hours=3.5), timedelta(hours=4)]),
    ],
)
def test_figures_of_groups_in_the_order_of_their_first_rows(column, figure, expected):
    aggregate = {"figure": figure, "into": "x"} | ({"column": column} if column else {})

    found = changed(SALES, {"action": "group", "by": ["town"], "aggregates": [aggregate]})

    assert rows(found) == {"town": ["b", "a", None], "x": pytest.approx(expected) if figure == "sd"
                           else expected}  # fmt: skip
    assert [type(value) for value in rows(found)["x"]] == [type(value) for value in expected]


def test_a_sum_that_no_integer_holds_is_refused():
    frame = table(g=[1, 1], n=[2**62, 2**62])
    action = {"action": "group", "by": ["g"], "aggregates": [{"column": "n", "figure": "sum"}]}

    with pytest.raises(Unprocessable, match="too large a number"):
        changed(frame, action)


def test_a_figure_of_texts_that_they_do_not_have():
    action = {"action": "group", "by": ["n"], "aggregates": [{"column": "s", "figure": "sum"}]}

    with pytest.raises(Unprocessable, match="of type text"):
        changed(SALES, action)


OURS = table(姓名=["张", "Ann", None, "Bob", "张"], n=[1, 2, 3, 4, 5])
THEIRS = table(name=["Ann", "张", None, "Ann"], n=[10, 20, 30, 40], town=["a", "b", "c", "d"])
ON = [{"left": "姓名", "right": "name"}]


def joined(frame, other, **options):
    action = {"action": "join", "record": str(record("o")), "on": ON, **options}
    return rows(changed(frame, action, o=other))


def test_columns_of_another_record_come_in():
    assert joined(OURS, THEIRS) == {
        "姓名": ["张", "Ann", "Ann", None, "Bob", "张"],
        "n": [1, 2, 2, 3, 4, 5],
        "n (2)": [20, 10, 40, None, None, 20],
        "town": ["b", "a", "d", None, None, "b"],
    }


def test_rows_without_a_match_may_be_dropped():
    found = joined(OURS, THEIRS, columns=["town"], unmatched="drop")

    assert found == {"姓名": ["张", "Ann", "Ann", "张"], "n": [1, 2, 2, 5], "town": list("badb")}


def test_integers_match_decimals_and_texts_do_not_match_numbers():
    other = table(name=[1.0, 2.5], x=["one", "two"])

    assert joined(table(姓名=[1, 2]), other)["x"] == ["one", None]
    with pytest.raises(Unprocessable, match="is of type text and 'name' of type decimal"):
        joined(OURS, other)


def test_an_empty_side():
    none = table({"name": "text", "x": "integer"}, name=[], x=[])

    assert joined(OURS, none)["x"] == [None] * 5
    assert joined(table({"姓名": "text"}, 姓名=[]), THEIRS)["town"] == []
