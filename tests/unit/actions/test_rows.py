"""Actions on rows: filter, sort, deduplicate."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import ValidationError

from shared.errors import Unprocessable
from tests.unit.actions.tables import Odd, changed, rows, table

PEOPLE = table(
    {"age": "integer"},
    姓名=["张三", "李四", None, "Ann"],
    age=[31, None, Odd("#N/A"), 27],
    born=[date(1993, 1, 2), date(1990, 3, 4), None, date(1997, 5, 6)],
)


def kept(*conditions, **options):
    found = changed(PEOPLE, {"action": "filter", "conditions": list(conditions), **options})
    return rows(found)["姓名"]


@pytest.mark.parametrize(
    ("column", "is_", "value", "expected"),
    [
        ("age", "=", 31, ["张三"]),
        ("age", "!=", 31, ["李四", None, "Ann"]),
        ("age", "<", 31, ["Ann"]),
        ("age", ">=", 27, ["张三", "Ann"]),
        ("age", "in", [27, 99], ["Ann"]),
        ("age", "is blank", None, ["李四"]),
        ("age", "is not blank", None, ["张三", None, "Ann"]),
        ("age", "is odd", None, [None]),
        ("born", ">", "1993-01-01", ["张三", "Ann"]),
        ("姓名", "=", "李四", ["李四"]),
        ("姓名", "contains", "三", ["张三"]),
        ("姓名", "starts with", "A", ["Ann"]),
        ("姓名", "ends with", "四", ["李四"]),
        ("age", "contains", "N/A", [None]),
        ("age", "=", 99, []),
    ],
)
def test_conditions(column, is_, value, expected):
    condition = {"column": column, "is": is_} | ({} if value is None else {"value": value})

    assert kept(condition) == expected


def test_all_any_and_the_others():
    old = {"column": "age", "is": ">", "value": 30}
    ann = {"column": "姓名", "is": "=", "value": "Ann"}

    assert kept(old, ann) == []
    assert kept(old, ann, match="any") == ["张三", "Ann"]
    assert kept(old, keep=False) == ["李四", None, "Ann"]


def test_an_expression():
    found = changed(PEOPLE, {"action": "filter", "where": "age > 30 or 姓名 = 'Ann'"})

    assert rows(found)["姓名"] == ["张三", "Ann"]
    with pytest.raises(Unprocessable, match="must be true or false"):
        changed(PEOPLE, {"action": "filter", "where": "age + 1"})


@pytest.mark.parametrize(
    "condition",
    [
        {"column": "age", "is": "=", "value": "old"},
        {"column": "age", "is": "=", "value": True},
        {"column": "born", "is": "<", "value": "yesterday"},
    ],
)
def test_a_constant_of_another_type_is_refused_with_an_example(condition):
    with pytest.raises(Unprocessable, match="this is one"):
        kept(condition)


@pytest.mark.parametrize(
    "condition",
    [
        {"column": "age", "is": "in", "value": 3},
        {"column": "age", "is": "is blank", "value": 3},
        {"column": "age", "is": "="},
    ],
)
def test_a_condition_needs_what_it_compares_with(condition):
    with pytest.raises(ValidationError):
        kept(condition)


def order(*by):
    frame = table({"n": "integer"}, n=[2, None, 1, 2, Odd("x")], s=["b", "a", "c", "a", "d"])
    return rows(changed(frame, {"action": "sort", "by": list(by)}))["s"]


def test_blanks_and_odd_cells_come_last_either_way_and_equals_stay_in_order():
    assert order({"column": "n"}) == ["c", "b", "a", "a", "d"]
    assert order({"column": "n", "descending": True}) == ["b", "a", "c", "a", "d"]
    assert order({"column": "n"}, {"column": "s", "descending": True})[:3] == ["c", "b", "a"]


def test_odd_cells_move_with_their_rows():
    frame = table({"n": "integer"}, n=[2, Odd("x"), 1], s=["b", "c", "a"])

    found = changed(frame, {"action": "sort", "by": [{"column": "s"}]})

    assert rows(found) == {"n": [1, 2, Odd("x")], "s": ["a", "b", "c"]}


TWICE = {"a": [1, 1, None, None, 2, 1], "b": ["x", "y", "z", "z", "x", "x"]}


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, [(1, "x"), (1, "y"), (None, "z"), (2, "x")]),
        ({"columns": ["a"]}, [(1, "x"), (None, "z"), (2, "x")]),
        ({"columns": ["a"], "keep": "last"}, [(None, "z"), (2, "x"), (1, "x")]),
        ({"keep": "none"}, [(1, "y"), (2, "x")]),
    ],
)
def test_rows_that_are_there_more_than_once(options, expected):
    found = rows(changed(table(**TWICE), {"action": "deduplicate", **options}))

    assert list(zip(found["a"], found["b"], strict=True)) == expected


def test_odd_cells_are_alike_when_their_texts_are():
    frame = table({"n": "integer"}, n=[Odd("x"), Odd("y"), Odd("x"), None, None])

    assert rows(changed(frame, {"action": "deduplicate"})) == {"n": [Odd("x"), Odd("y"), None]}


def test_categories_are_texts_here():
    frame = table({"c": "category"}, c=[" x", "y", None])

    trimmed = changed(frame, {"action": "trim"}, {"action": "sort", "by": [{"column": "c"}]})
    found = changed(
        trimmed,
        {"action": "replace", "columns": ["c"], "changes": [{"from": "x", "to": "z"}]},
        {"action": "filter", "conditions": [{"column": "c", "is": ">", "value": "y"}]},
    )

    assert rows(found) == {"c": ["z"]}
    assert found.columns[0].type == "category"
