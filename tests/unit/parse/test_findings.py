"""Each rule on a small table, from the file to the findings that are stored."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.worker.parse.findings.alike import alike
from shared.clean.findings import FIRST_CELLS, read_findings
from shared.clean.manifest import read_manifest


@pytest.fixture
def found(driver, csv_of):
    """Parse a column and return its findings by rule; a second column keeps its rows filled."""

    def find(cells, name="x", **options):
        rows = [[name, "n"], *([cell, number] for number, cell in enumerate(cells))]
        result = driver.parse(csv_of(rows), **options)
        manifest = read_manifest(driver.store, result.clean_data_key)
        assert manifest.findings_key in result.objects
        findings = read_findings(driver.store, manifest.findings_key)
        assert findings.count == sum(each.count for each in findings.findings)
        assert all(each.column in (name, "n") for each in findings.findings)
        return {each.rule: each for each in findings.findings if each.column == name}

    return find


def cells(finding):
    return [(cell.cell, cell.value, cell.suggestion) for cell in finding.cells]


def test_a_clean_column_has_no_findings(found):
    assert found(["a", "b", "c"] * 10) == {}


def test_cells_unlike_the_others(found):
    finding = found([*range(10, 40), "12 kg", "<5", "n/a"])["mixed_types"]

    assert finding.count == 3
    assert cells(finding) == [("A32", "12 kg", 12), ("A33", "<5", None), ("A34", "n/a", None)]
    assert finding.message.en == (
        "3 cells in “x” unlike the others, which are whole numbers, such as 12 kg."
    )
    assert "“x”列有3个单元格" in finding.message.zh
    assert "asText" in finding.suggestion.en


def test_texts_among_numbers_too_many_to_be_a_column_of_numbers(found):
    finding = found([*range(10, 30), *["low"] * 5])["mixed_types"]

    assert finding.count == 5
    assert finding.cells[0].cell == "A22"


def test_error_cells_in_numbers_and_in_texts(found):
    assert cells(found([*range(20), "#DIV/0!"])["error_cell"]) == [("A22", "#DIV/0!", None)]
    assert cells(found(["a", "b", "#N/A"])["error_cell"]) == [("A4", "#N/A", None)]


def test_dates_that_do_not_exist_or_are_far_away(found):
    days = [str(date(2024, 1, 1) + timedelta(days=n)) for n in range(40)]

    finding = found([*days, "2024-02-30", "2924-01-05", "1899-12-31"])["out_of_range_date"]

    shown = [("A42", "2024-02-30"), ("A43", "2924-01-05"), ("A44", "1899-12-31")]
    assert [(cell.cell, cell.value) for cell in finding.cells] == shown


def test_the_one_date_of_twenty_that_is_far_from_all_others(found):
    days = [str(date(2023, 1, 1) + timedelta(days=n)) for n in range(19)]

    assert cells(found(["1957-03-01", *days])["out_of_range_date"]) == [("A2", "1957-03-01", None)]


def test_a_day_number_among_dates_is_shown_as_the_date_that_it_is(found):
    days = [str(date(2024, 1, 1) + timedelta(days=n)) for n in range(20)]

    assert cells(found([*days, "45292"])["mixed_types"]) == [("A22", "45292", "2024-01-01")]


def test_a_key_that_stands_twice(found):
    ids = [*range(100, 130), 105]

    assert cells(found(ids, "病历号")["duplicate_key"]) == [("A32", 105, "row 7")]
    assert "duplicate_key" not in found(ids, "weight")
    assert "duplicate_key" in found(ids, "weight", key=["weight"])


def test_a_key_of_several_columns(driver, csv_of):
    rows = [["site", "no"], *([site, n] for site in "ab" for n in range(10)), ["b", 3]]
    result = driver.parse(csv_of(rows), key=["site", "no"])
    key = read_manifest(driver.store, result.clean_data_key).findings_key

    [finding] = [f for f in read_findings(driver.store, key).findings if f.rule == "duplicate_key"]

    assert (finding.column, finding.count) == ("site + no", 1)
    assert cells(finding) == [("A22", "b / 3", "row 15")]


def test_a_column_that_is_no_key_by_its_values_is_none_by_its_name(found):
    assert "duplicate_key" not in found([1, 2] * 20, "group code")


def test_blanks_where_nearly_all_is_filled(found):
    finding = found(["p", None, *"abcdefghijklmnopqrs"])["blank"]

    assert cells(finding) == [("A3", None, None)]
    assert "95.2 %" in finding.message.en
    assert "blank" not in found(["p", None] * 10)


def test_odd_cells_are_not_blank(found):
    finding = found([*range(30), "ND", None])["blank"]

    assert [cell.cell for cell in finding.cells] == ["A33"]


def test_blanks_around_and_within_texts(found):
    finding = found(["a b", " a", "b ", "a  c", "a\xa0d", "e\u200b", "f"])["whitespace"]

    assert [suggestion for _, _, suggestion in cells(finding)] == ["a", "b", "a c", "a d", "e"]


def test_categories_that_look_like_another(found):
    towns = (
        ["Berlin"] * 8
        + ["Hamburg"] * 8
        + ["berlin", "ＢＥＲＬＩＮ", "Ham burg", "Hambrug", "Berlim"]
    )

    finding = found(towns)["look_alike"]

    suggested = {value: suggestion for _, value, suggestion in cells(finding)}
    assert suggested == {
        "berlin": "Berlin",
        "ＢＥＲＬＩＮ": "Berlin",
        "Ham burg": "Hamburg",
        "Hambrug": "Hamburg",
        "Berlim": "Berlin",
    }


@pytest.mark.parametrize(
    "pair", [("site 1", "site 2"), ("Anna", "Otto"), ("male", "female"), ("男", "女")]
)
def test_what_is_another_value_is_no_look_alike(pair):
    assert alike({pair[0]: 50, pair[1]: 1}) == {}


def test_two_usual_values_are_two_values():
    assert alike({"Maria": 40, "Mario": 30}) == {}


@given(st.dictionaries(st.text(max_size=8), st.integers(1, 50), max_size=30))
def test_what_a_value_should_be_is_a_value_that_is_no_mistake(counts):
    for value, meant in alike(counts).items():
        assert value != meant
        assert meant in counts
        assert counts[meant] >= counts[value]


def test_dates_of_which_nothing_tells_the_day(found):
    finding = found(["5/6/2024", "7/7/2024", "1/2/2024"])["ambiguous_date"]

    assert cells(finding) == [
        ("A2", "2024-06-05", "2024-05-06"),
        ("A4", "2024-02-01", "2024-01-02"),
    ]
    assert "the day first" in finding.message.en
    assert "dateOrder" in finding.suggestion.en
    assert "ambiguous_date" not in found(["5/6/2024", "25/6/2024"])
    assert "ambiguous_date" not in found(["5/6/2024"], dateOrder="dayFirst")


def test_numbers_of_which_nothing_tells_the_mark(found):
    assert found(["1,234", "5,678"])["ambiguous_number"].count == 2
    assert "ambiguous_number" not in found(["1,234", "5,678.5"])


def test_percentages_among_numbers(found):
    assert found(["12%", "0.5", "3"])["mixed_units"].count == 1
    assert "mixed_units" not in found(["12%", "5%"])


def test_rows_are_counted_as_excel_does(driver, xlsx):
    rows = [["Title"], [], ["k", "x"], *[[n, n] for n in range(20)], [], [7, "bad"], [], [8, "odd"]]
    result = driver.parse(xlsx(rows))
    key = read_manifest(driver.store, result.clean_data_key).findings_key

    [finding] = [f for f in read_findings(driver.store, key).findings if f.rule == "mixed_types"]

    assert [(cell.index, cell.row, cell.cell) for cell in finding.cells] == [
        (20, 25, "B25"),
        (21, 27, "B27"),
    ]


def test_only_the_first_cells_are_kept_and_all_are_counted(found):
    finding = found([f" v{n}" for n in range(300)])["whitespace"]

    assert finding.count == 300
    assert len(finding.cells) == FIRST_CELLS
