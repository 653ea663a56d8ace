"""The header under title rows."""

from datetime import datetime

import pytest

from functions.worker.parse.header import find_header
from functions.worker.parse.workbook import Merge


def header(*rows, merges=()):
    return find_header(list(enumerate(map(list, rows))), merges)


def labels(*rows, merges=()):
    return list(header(*rows, merges=merges).labels.values())


def test_the_first_row_is_the_header_of_a_plain_table():
    found = header(["name", "age"], ["Ann", 31], ["Bob", 29])

    assert (found.rows, found.data_start) == ((0,), 1)
    assert found.labels == {0: "name", 1: "age"}


def test_title_rows_and_blank_rows_above_are_passed_over():
    found = header(
        ["Annual report 2024"],
        ["Exported", datetime.fromisoformat("2024-01-01")],
        [],
        ["name", "age", "city"],
        ["Ann", 31, "Bonn"],
        ["Bob", 29, "Köln"],
    )

    assert (found.rows, found.data_start) == ((3,), 4)


def test_a_title_over_a_table_of_two_columns_is_no_header():
    assert header(["Measures"], ["name", "age"], ["Ann", "x"], ["Bob", "y"]).rows == (1,)


def test_a_note_that_is_as_wide_as_the_table_is_no_header():
    rows = [["制表人：", "张三", "日期：", "五月"], ["a", "b", "c", "d"], ["x", "y", "z", "w"]]

    assert header(*rows).rows == (1,)


def test_merged_groups_spread_over_their_columns_only():
    merges = [Merge(0, 1, 0, 2), Merge(0, 0, 1, 0), Merge(0, 3, 1, 3)]
    rows = [
        ["姓名", "血压", None, "备注"],
        [None, "收缩压", "舒张压", None],
        ["张三", "高", "低", "x"],
    ]

    assert labels(*rows, merges=merges) == ["姓名", "血压 / 收缩压", "血压 / 舒张压", "备注"]


def test_groups_without_merged_cells_spread_over_the_blanks():
    rows = [
        ["name", "blood pressure", None, "note"],
        [None, "systolic", "diastolic", None],
        ["Ann", 120, 80, "x"],
        ["Bob", 130, 85, None],
    ]

    assert labels(*rows) == [
        "name",
        "blood pressure / systolic",
        "blood pressure / diastolic",
        "note",
    ]


def test_a_group_row_that_is_mostly_blank_belongs_to_the_header():
    merges = [Merge(1, 3, 1, 4)]
    rows = [
        ["Title"],
        [None, None, None, "blood pressure", None],
        ["id", "name", "age", "systolic", "diastolic"],
        [1, "Ann", 31, 120, 80],
    ]

    found = header(*rows, merges=[*merges, Merge(0, 0, 0, 4)])

    assert found.rows == (1, 2)
    assert found.labels[4] == "blood pressure / diastolic"
    assert found.labels[2] == "age"


def test_a_merged_title_right_above_the_header_is_no_group():
    rows = [["Title"], ["id", "name", "age"], [1, "Ann", 31]]

    assert header(*rows, merges=[Merge(0, 0, 0, 2)]).rows == (1,)
    assert header(*rows, merges=[Merge(0, 0, 0, 1)]).rows == (1,)


def test_units_and_second_languages_below_are_joined():
    rows = [["姓名", "身高", "体重"], ["name", "height (cm)", "weight (kg)"]]
    rows += [["Ann", 170, 60.5], ["Bob", 180, 80]]

    assert labels(*rows) == ["姓名 / name", "身高 / height (cm)", "体重 / weight (kg)"]


def test_one_odd_cell_on_top_of_a_column_does_not_make_a_header():
    rows = [["name", "value"], ["Ann", "ND"], ["Bob", 2], ["Cid", 3]]

    assert header(*rows).rows == (0,)


def test_years_are_labels():
    rows = [["region", 2019, 2020, 2021], ["north", 5.5, 6.1, 7], ["south", 3.2, 4.4, 5]]

    assert labels(*rows) == ["region", "2019", "2020", "2021"]


def test_a_table_that_begins_with_data_has_no_header():
    found = header([1, "Ann", 3.5], [2, "Bob", 4.5], [3, "Cid", 1.5])

    assert (found.rows, found.labels, found.data_start) == ((), {}, 0)


def test_text_below_text_is_data():
    assert header(["name", "city"], ["Ann", "Bonn"], ["Bob", "Köln"]).rows == (0,)


def test_the_blank_name_of_a_column_is_no_reason_to_take_the_next_row():
    assert header(["name", None, "city"], ["Ann", "f", "Bonn"], ["Bob", "m", "Köln"]).rows == (0,)


def test_line_ends_and_doubled_spaces_in_labels_become_single_spaces():
    assert labels(["blood\npressure  (mmHg)", "x"], [120, 1]) == ["blood pressure (mmHg)", "x"]


@pytest.mark.parametrize("rows", [[], [[]], [[None, None]]])
def test_nothing_has_no_header(rows):
    assert header(*rows).rows == ()


def test_labels_of_which_half_are_blank_are_a_header():
    found = header(["id", None, "age", None], [1, "a", 30, "z"], [2, "b", 31, "y"])

    assert found.labels == {0: "id", 2: "age"}


def test_pairs_above_a_blank_row_are_no_header():
    rows = [["Project", "Trial 7"], ["Site", "Bonn"], [], ["id", "sex", "age"]]

    assert header(*rows, [1, "m", 30], [2, "f", 31], [3, "f", 32]).rows == (3,)


def test_numbers_above_texts_are_kept_as_data():
    assert header(["1", "2"], ["x", "y"], ["p", "q"]).data_start == 0


@pytest.mark.parametrize("missing", ["ND", "-", "缺失"])
def test_signs_of_missing_values_are_no_second_header(missing):
    rows = [["name", "a", "b"], ["Ann", missing, missing], ["Bob", 2, 3], ["Cid", 3, 4]]

    assert header(*rows).rows == (0,)


def test_missing_values_on_top_of_a_column_do_not_push_the_header_down():
    rows = [["name", "a"], *[["x", "below"]] * 3, *[["y", n] for n in range(3)]]

    assert header(*rows).rows == (0,)
