"""Actions on cells: fill, replace, bin, split, join_text, trim."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from shared.errors import Unprocessable
from tests.unit.actions.tables import Odd, changed, rows, table


def filled(values, method, *, of=None, **options):
    frame = table({"x": of} if of else None, x=values)
    return rows(changed(frame, {"action": "fill", "columns": ["x"], "method": method, **options}))[
        "x"
    ]


@pytest.mark.parametrize(
    ("values", "method", "expected"),
    [
        ([1.0, None, 4.0], "mean", [1.0, 2.5, 4.0]),
        ([1, None, 4, 4], "mean", [1, 3, 4, 4]),
        ([1, None, 2, 9], "median", [1, 2, 2, 9]),
        ([None, 3, 5, 3], "mode", [3, 3, 5, 3]),
        (["b", None, "a", "a"], "mode", ["b", "a", "a", "a"]),
        ([None, 1, None, None], "forward", [None, 1, 1, 1]),
        ([None, 1, None], "backward", [1, 1, None]),
        ([date(2024, 1, 1), None, date(2024, 1, 9), date(2024, 1, 3)], "median",
         [date(2024, 1, 1), date(2024, 1, 3), date(2024, 1, 9), date(2024, 1, 3)]),
        ([timedelta(hours=1), None, timedelta(hours=3)], "mean",
         [timedelta(hours=1), timedelta(hours=2), timedelta(hours=3)]),
    ],
)  # fmt: skip
def test_blanks_are_filled(values, method, expected):
    assert filled(values, method) == expected


@pytest.mark.parametrize(
    ("values", "value", "expected"),
    [
        (["a", None], "未知", ["a", "未知"]),
        ([1, None], 0, [1, 0]),
        ([True, None], False, [True, False]),
        ([date(2024, 1, 1), None], "2024-05-06", [date(2024, 1, 1), date(2024, 5, 6)]),
    ],
)
def test_with_a_constant(values, value, expected):
    assert filled(values, "constant", value=value) == expected


def test_odd_cells_stay_unless_they_are_meant():
    values = [1, Odd("#N/A"), None]

    assert filled(values, "constant", of="integer", value=0) == [1, Odd("#N/A"), 0]
    assert filled(values, "constant", of="integer", value=0, odd=True) == [1, 0, 0]
    assert filled([Odd("#N/A"), 1], "forward", of="integer", odd=True) == [Odd("#N/A"), 1]


def test_a_column_without_any_value_stays_as_it_is():
    assert filled([None, None], "mean", of="decimal") == [None, None]
    assert filled([None, None], "median", of="date") == [None, None]


def test_a_mean_of_texts_is_refused():
    with pytest.raises(Unprocessable, match="of type text; this needs integer or decimal"):
        filled(["a", None], "mean")


def replaced(values, *changes, of=None, **options):
    frame = table({"x": of} if of else None, x=values)
    action = {"action": "replace", "columns": ["x"], "changes": list(changes), **options}
    return rows(changed(frame, action))["x"]


def test_values_are_replaced():
    assert replaced(["m", "f", None], {"from": "m", "to": "男"}) == ["男", "f", None]
    assert replaced([1, 2, 3], {"from": 1, "to": 9}, {"from": 2}) == [9, None, 3]
    assert replaced([1, None], {"from": None, "to": 0}) == [1, 0]
    assert replaced([1.0, 2.5], {"from": 1, "to": 7}) == [7.0, 2.5]
    assert replaced([True, False], {"from": False, "to": True}) == [True, True]
    assert replaced(["2024"], {"from": "2024", "to": "x"}, {"from": "2024", "to": "y"}) == ["x"]


def test_odd_cells_are_found_by_their_text():
    values = [1, Odd("#N/A"), Odd("ca. 3")]
    changes = {"from": "#N/A"}, {"from": "ca. 3", "to": 3}

    assert replaced(values, *changes, of="integer") == [1, None, 3]


def test_parts_of_texts_are_replaced():
    changes = {"from": "公斤", "to": " kg"}, {"from": "5", "to": "6"}

    assert replaced(["5公斤", None, "a.b"], *changes, match="part") == ["6 kg", None, "a.b"]
    assert replaced(["a", "ab"], {"from": "a", "to": ""}, match="part") == [None, "b"]


def test_a_replacement_of_another_type_is_refused():
    with pytest.raises(Unprocessable, match="no value of a column of type integer"):
        replaced([1, 2], {"from": 1, "to": "one"})


def classes(values, *, of=None, **options):
    frame = table({"x": of} if of else None, x=values)
    return rows(changed(frame, {"action": "bin", "column": "x", "into": "c", **options}))["c"]


def test_values_fall_into_classes():
    labels = ["young", "old"]

    assert classes([0, 17, 18, 99, 100, None, -1], edges=[0, 18, 99], labels=labels) == [
        "young", "young", "old", "old", None, None, None,
    ]  # fmt: skip
    assert classes([1, 5], edges=[0, 2.0, 5]) == ["[0, 2)", "[2, 5]"]
    assert classes([0.0, 1.0, 2.0], count=2) == ["[0, 1)", "[1, 2]", "[1, 2]"]
    assert classes([1, 2, 3, 100], count=2, by="quantile", labels=["low", "high"]) == [
        "low", "low", "high", "high",
    ]  # fmt: skip


def test_dates_too():
    days = [date(2024, 1, 1), date(2024, 7, 1)]
    edges = ["2024-01-01", "2024-07-01", "2025-01-01"]

    assert classes(days, edges=edges) == ["[2024-01-01, 2024-07-01)", "[2024-07-01, 2025-01-01]"]


@pytest.mark.parametrize("options", [{"edges": [1, 1]}, {"count": 3}])
def test_edges_must_grow(options):
    with pytest.raises(Unprocessable, match="edges must grow"):
        classes([7, 7], **options)


def test_a_text_is_taken_apart_and_put_together():
    frame = table(at=["Bonn, NRW, DE", "Rom", None, "a,"])

    apart = changed(
        frame, {"action": "split", "column": "at", "separator": ",", "into": ["town", "rest"]}
    )
    assert rows(apart)["town"] == ["Bonn", "Rom", None, "a"]
    assert rows(apart)["rest"] == ["NRW, DE", None, None, None]
    together = changed(
        apart,
        {"action": "join_text", "columns": ["rest", "town"], "into": "both", "separator": "/"},
    )
    assert rows(together)["both"] == ["NRW, DE/Bonn", "Rom", None, "a"]


def test_texts_of_other_types_are_those_that_are_shown():
    frame = table({"n": "decimal"}, n=[1.0, Odd("#N/A")], d=[date(2024, 5, 6), None])

    found = changed(frame, {"action": "join_text", "columns": ["n", "d"], "into": "x"})

    assert rows(found)["x"] == ["1 2024-05-06", "#N/A"]


def test_blanks_around_texts_go():
    frame = table(x=[" a  b\t", "\u3000张\u3000三\u3000", "\u200b", None], n=[1, 2, 3, 4])

    assert rows(changed(frame, {"action": "trim"}))["x"] == ["a  b", "张\u3000三", None, None]
    inside = changed(frame, {"action": "trim", "columns": ["x"], "inside": True})
    assert rows(inside)["x"] == ["a b", "张 三", None, None]
