"""The type of a column."""

from datetime import date, datetime, time, timedelta

import pytest

from functions.worker.parse.fits import Evidence
from functions.worker.parse.kinds import Kind
from functions.worker.parse.strands import strands_of
from functions.worker.parse.tallying import tally
from functions.worker.parse.types import as_asked, choose_type, evidence, value_of

at = datetime.fromisoformat
DAY, MOMENT = at("2024-05-06"), at("2024-05-06 07:08")


def tally_of(cells):
    return tally({0: strands_of(cells)})[0]


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


@pytest.mark.parametrize(
    ("cells", "expected", "values"),
    [
        (["1.234,56", "1.234", "7"], "decimal", [1234.56, 1234.0, 7.0]),
        (["1,234.56", "1,234", "7"], "decimal", [1234.56, 1234.0, 7.0]),
        (["1.234.567", "1.234"], "integer", [1234567, 1234]),
        (["1,5", "2,25"], "decimal", [1.5, 2.25]),
        (["1,234"], "integer", [1234]),
        (["1.234"], "decimal", [1.234]),
        (["12%", "7.5%"], "decimal", [0.12, 0.075]),
        (["（123）", "１２３"], "integer", [-123, 123]),
        (["（123）"], "integer", [-123]),
        (["(1)", "(2)"], "text", ["(1)", "(2)"]),
        (["(1)", "20"], "integer", [-1, 20]),
        (["是", "否"], "boolean", [True, False]),
        (["25/6/2024", "5/6/2024"], "date", [date(2024, 6, 25), date(2024, 6, 5)]),
        (["6/25/2024", "5/6/2024"], "date", [date(2024, 6, 25), date(2024, 5, 6)]),
        (["5.6.2024 08:30", "5.6.2024"], "datetime", [at("2024-06-05 08:30"), at("2024-06-05")]),
        (["6 May 2024", "May 7, 2024"], "date", [date(2024, 5, 6), date(2024, 5, 7)]),
        (["26:30:00"], "duration", [timedelta(hours=26, minutes=30)]),
        ([1000, 9999, "2024"], "integer", [1000, 9999, 2024]),
        (["9007199254740993"], "text", ["9007199254740993"]),
    ],
)
def test_what_people_type_is_read_by_the_column(cells, expected, values):
    typing = choose_type(tally_of(cells))

    assert typing.type == expected
    assert [value_of(cell, typing) for cell in cells] == values


def test_of_two_orders_of_dates_the_usual_one_wins_and_the_rest_is_odd():
    cells = ["25/6/2024"] * 10 + ["6/25/2024"]
    typing = choose_type(tally_of(cells))

    assert value_of("25/6/2024", typing) == date(2024, 6, 25)
    assert value_of("6/25/2024", typing) is None
    assert not typing.notation.order_is_open


def test_the_sheet_decides_for_dates_that_tell_nothing():
    tallies = [
        tally_of(["6/25/2024"]),
        tally_of(["5/6/2024"]),
        tally_of(["1,5"]),
        tally_of(["1.234"]),
    ]
    known = evidence(tallies)

    dates, numbers = choose_type(tallies[1], known), choose_type(tallies[3], known)

    assert (value_of("5/6/2024", dates), dates.notation.order_is_open) == (date(2024, 5, 6), True)
    assert (value_of("1.234", numbers), numbers.notation.mark_is_open) == (1234, True)


def test_who_asks_is_obeyed():
    month_first = Evidence(asked_order=False)
    cells = ["25/6/2024", *["5/6/2024"] * 19]

    typing = choose_type(tally_of(cells), month_first)

    assert value_of("5/6/2024", typing) == date(2024, 5, 6)
    assert value_of("25/6/2024", typing) is None
    assert value_of("007", as_asked("integer", tally_of(["007"]))) == 7
    assert value_of("7", as_asked("text", tally_of(["7"]))) == "7"


def test_confidence_is_the_share_that_speaks_for_the_type():
    assert choose_type(tally_of([1] * 19 + ["x"])).confidence == 0.95
    assert choose_type(tally_of(["x"] * 3 + [1])).confidence == 0.75
    assert choose_type(tally_of([None])).confidence == 0
