"""Sheets that are not as one would like them, from the file to the clean data."""

import io

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from functions.worker.parse.csv_dialect import find_dialect
from shared.clean.findings import read_findings
from shared.clean.manifest import read_manifest
from shared.clean.options import ParseOptions
from shared.errors import Unrecoverable
from tests.unit.clean.pages import read_page


def rows(driver, result):
    return read_page(driver.store, result.clean_data_key, offset=0, limit=1000).rows


def types(result):
    return {column.name: column.type for column in result.columns}


def book_of(**sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, content in sheets.items():
        sheet = book.create_sheet(name)
        for row in content:
            sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_a_header_of_numbers_is_named(driver, xlsx):
    content = xlsx([[1, 2, 3], [10, 20, 30], [40, 50, 60]])

    assert types(driver.parse(content)) == dict.fromkeys(
        ("Column 1", "Column 2", "Column 3"), "integer"
    )
    named = driver.parse(content, headerRow=1)
    assert types(named) == dict.fromkeys("123", "integer")
    assert rows(driver, named) == [[10, 20, 30], [40, 50, 60]]


def test_a_header_in_row_7(driver, xlsx):
    above = [["Report"], [], ["by", "Ann"], [], [], ["2024"]]
    data = [[f"p{n}", n, n / 2] for n in range(8)]

    result = driver.parse(xlsx([*above, ["name", "n", "half"], *data]))

    assert (result.source.header_rows, result.source.first_data_row) == ([7], 8)
    assert list(types(result)) == ["name", "n", "half"]


def test_a_header_of_several_rows_by_request(driver, xlsx):
    content = xlsx([["x"], ["2023", None, "2024"], ["a", "b", "a"], ["1", "2", "3"]])

    result = driver.parse(content, headerRow=[2, 3])

    assert list(types(result)) == ["2023 / a", "2023 / b", "2024 / a"]
    assert result.source.options.header_row == [2, 3]


def test_a_header_below_where_it_would_be_looked_for(driver, xlsx):
    content = xlsx([*[[n, n] for n in range(80)], ["a", "b"], [1, 2]])

    assert types(driver.parse(content, headerRow=81)) == {"a": "integer", "b": "integer"}


def test_two_tables_on_a_sheet_are_pointed_at(driver, xlsx):
    first = [["name", "n"], *[[f"p{n}", n] for n in range(30)]]
    second = [[], ["town", "size"], ["Bonn", 3], ["Köln", 4]]

    result = driver.parse(xlsx([*first, *second]))
    key = read_manifest(driver.store, result.clean_data_key).findings_key
    [finding] = [f for f in read_findings(driver.store, key).findings if f.rule == "mixed_types"]

    assert [(cell.cell, cell.value) for cell in finding.cells] == [("B33", "size")]


def test_a_sheet_of_texts_only(driver, xlsx):
    content = xlsx([["name", "town"], ["Ann", "Bonn"], ["Bob", "Köln"]])

    result = driver.parse(content)

    assert types(result) == {"name": "text", "town": "text"}
    assert result.source.header_rows == [1]
    assert {column.confidence for column in result.columns} == {1.0}


def test_years_leading_zeros_and_digits_beyond_a_float(driver, csv_of):
    content = csv_of([["year", "id", "big"], [1000, "007", 2**53 + 1], [9999, "012", 7]])

    result = driver.parse(content)

    assert types(result) == {"year": "integer", "id": "text", "big": "text"}
    assert rows(driver, result) == [[1000, "007", str(2**53 + 1)], [9999, "012", "7"]]


def test_few_words_often_are_categories(driver, csv_of):
    content = csv_of([["sex", "name"], *([["m", "f"][n % 2], f"p{n}"] for n in range(20))])

    assert types(driver.parse(content)) == {"sex": "category", "name": "text"}
    assert types(driver.parse(content, asText=["sex"])) == {"sex": "text", "name": "text"}
    assert types(driver.parse(content, types={"name": "category"}))["name"] == "category"


def test_units_and_letters_of_columns_are_told(driver, csv_of):
    content = csv_of([["Height (cm)", "体重（kg）", "Age (2)"], *[[170, 60, 3]] * 3])

    columns = driver.parse(content).columns

    assert [column.unit for column in columns] == ["cm", "kg", None]
    assert [column.letter for column in columns] == ["A", "B", "C"]


def test_the_columns_say_how_they_were_read(driver, csv_of):
    content = csv_of(
        [["d", "m", "s"], ["25/6/2024", "1,5", "3%"], ["5/6/2024", "2,5", "4%"]], delimiter=";"
    )

    day, number, share = driver.parse(content).columns

    assert (day.date_order, day.ambiguous, day.from_text) == ("dayFirst", False, 2)
    assert (number.decimal_mark, number.type) == (",", "decimal")
    assert (share.percent, share.type) == (2, "decimal")


def test_all_sheets_are_listed_and_one_is_chosen_or_named(driver):
    table = [["name", "n"], *[[f"p{n}", n] for n in range(9)]]
    content = book_of(Notes=[["Read me"], ["please"]], Data=table, Small=[["a", "b"], [1, 2]])

    chosen, named = driver.parse(content), driver.parse(content, sheet="Small")

    assert (chosen.source.sheet, named.source.sheet) == ("Data", "Small")
    assert [(s.name, s.visible, s.rows) for s in chosen.source.found] == [
        ("Notes", True, 2),
        ("Data", True, 10),
        ("Small", True, 2),
    ]
    assert named.source.given == ("sheet",)
    with pytest.raises(Unrecoverable, match=r"no sheet 'Nope'\. The file has 'Notes', 'Data'"):
        driver.parse(content, sheet="Nope")


def test_a_column_that_is_not_there_is_named(driver, csv_of):
    with pytest.raises(Unrecoverable, match=r"a column 'b'\. The columns are 'a', 'c'"):
        driver.parse(csv_of([["a", "c"], [1, 2]]), asText=["b"])


def test_merged_values_are_spread_on_request(driver, xlsx):
    table = [["g", "n", "m"], ["a", 1, 2], [None, 2, None], [], ["b", 3, 4]]
    content = xlsx(table, merged=["A2:A4", "B3:C3"])

    assert rows(driver, driver.parse(content)) == [["a", 1, 2], [None, 2, None], ["b", 3, 4]]
    spread = driver.parse(content, spreadMerged=True)
    assert rows(driver, spread) == [["a", 1, 2], ["a", 2, 2], ["b", 3, 4]]


def test_a_text_file_in_another_encoding_than_was_named(driver):
    with pytest.raises(Unrecoverable, match="not in utf-8: byte 5 does not fit"):
        driver.parse("a;b\nä;1\n".encode("cp1252") * 2, encoding="utf-8", delimiter=";")


@pytest.mark.parametrize(
    ("sample", "expected"),
    [
        ("a,b\n1,2\n", (",", '"')),
        ("a;b\n1,5;2,5\n", (";", '"')),
        ("a\tb\n1\t2\n", ("\t", '"')),
        ("a|b\n1|2\n", ("|", '"')),
        ("a\nb\n", ("", '"')),
        ("a,b\n'x, y',2\n'z',3\n", (",", "'")),
        ("a,b\nit's,2\nAnn's,3\n", (",", '"')),
    ],
)
def test_the_dialect_of_a_text_file_is_found(sample, expected):
    assert find_dialect(sample, ParseOptions()) == expected


def test_quotation_marks_can_be_ordinary(driver):
    result = driver.parse(b'size,n\n5" pipe,1\n"6"" pipe",2\n', quote="", delimiter=",")

    assert [row[0] for row in rows(driver, result)] == ['5" pipe', '"6"" pipe"']


TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp")), min_size=1)


@given(
    st.lists(st.tuples(TEXTS, st.integers(-(10**9), 10**9), TEXTS), min_size=1, max_size=6),
    st.sampled_from(["utf-8", "utf-16", "gb18030"]),
    st.sampled_from([",", ";", "\t", "|"]),
)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_a_table_read_as_its_record_says_is_the_same_again(
    driver, csv_of, table, encoding, delimiter
):
    content = csv_of([["a", "b", "c"], *table], encoding, delimiter=delimiter)
    first = driver.parse(
        content, encoding=encoding, delimiter=delimiter, headerRow=1, asText=["a", "c"]
    )
    told = first.source.options

    again = driver.run(driver.upload(content, **told.model_dump(by_alias=True, mode="json")))

    assert rows(driver, first) == [list(row) for row in table]
    assert rows(driver, again) == rows(driver, first)
    assert again.source.options == told
