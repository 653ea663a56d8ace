"""The type of a column."""

from datetime import datetime, time, timedelta

import pytest

from functions.worker.parse.kinds import Kind
from functions.worker.parse.types import choose_type, tally_of, value_of

at = datetime.fromisoformat
DAY, MOMENT = at("2024-05-06"), at("2024-05-06 07:08")


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ([1, 2, None], "integer"),
        ([1.0, 2], "integer"),
        ([1, 2.5], "decimal"),
        (["1", "2"], "integer"),
        (["1", 2.5], "decimal"),
        (["1.50", "12%"], "decimal"),
        ([True, False], "boolean"),
        (["TRUE", "false"], "boolean"),
        ([DAY, DAY], "date"),
        ([DAY, MOMENT], "datetime"),
        (["2024-05-06", DAY], "date"),
        (["2024-05-06 07:08:09", DAY], "datetime"),
        ([time(1, 2)], "time"),
        ([timedelta(hours=30)], "duration"),
        (["00123", "456"], "text"),
        (["110101199003071234"], "text"),
        ([2**60, 1], "integer"),
        ([2**70, 2**70 + 1], "text"),
        ([None], "text"),
        ([], "text"),
        (["#N/A"], "text"),
        (["a", 1], "text"),
        ([True, 1], "text"),
    ],
)
def test_a_column_takes_the_type_that_its_cells_fit(cells, expected):
    assert choose_type(tally_of(cells)).type == expected


def test_nine_of_ten_decide_and_errors_do_not_count():
    assert choose_type(tally_of([1] * 9 + ["ND"])).type == "integer"
    assert choose_type(tally_of([1] * 8 + ["ND"])).type == "text"
    assert choose_type(tally_of([1] * 5 + ["#N/A"] * 5)).type == "integer"


def test_one_code_keeps_typed_numbers_text():
    typing = choose_type(tally_of(["1"] * 99 + ["007"]))

    assert typing.type == "text"


def test_a_code_among_real_numbers_is_odd_and_typed_numbers_with_it():
    cells = [1] * 98 + ["007", "8"]
    typing = choose_type(tally_of(cells))

    assert typing.type == "integer"
    assert value_of("007", typing) is None
    assert value_of("8", typing) is None
    assert typing.count(tally_of(cells)) == 98


def test_an_integer_that_a_float_would_round_is_odd_among_decimals():
    typing = choose_type(tally_of([0.5] * 20 + [2**53 + 1]))

    assert typing.type == "decimal"
    assert value_of(2**53 + 1, typing) is None


def test_the_count_of_odd_cells_is_that_of_cells_without_a_value():
    cells = ["1", 2, "x", "#N/A", None, 3, 4, 5, 6, 7, 8, 9, 10, 11.5]
    typing = choose_type(tally_of(cells))
    tally = tally_of(cells)

    valued = [cell for cell in cells if value_of(cell, typing) is not None]

    assert typing.count(tally) == len(valued)
    assert tally[Kind.ERROR] == 1
