"""What is said of cells besides their values: hidden rows, formulas without one, formats."""

import io

import openpyxl
import pytest

from shared.errors import Unrecoverable


def book_of(fill) -> bytes:
    book = openpyxl.Workbook()
    fill(book.active)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_hidden_rows_are_kept_and_counted(driver):
    def fill(sheet):
        for row in [["a", "b"], *[[n, n] for n in range(20)]]:
            sheet.append(row)
        for row in (1, 5, 6, 30):
            sheet.row_dimensions[row].hidden = True

    result = driver.parse(book_of(fill))

    assert result.total_rows == 20
    assert result.source.hidden_rows == 3  # the header and its like are not counted


def test_formulas_without_a_value_are_counted_by_column(driver):
    def fill(sheet):
        for row in [["a", "b", "c"], *[[n, f"=A{n}", n] for n in range(2, 12)]]:
            sheet.append(row)

    result = driver.parse(book_of(fill))

    assert [column.uncached for column in result.columns] == [0, 10, 0]
    assert result.columns[1].blanks == 10
    assert result.source.uncached == 10


def test_a_sheet_of_nothing_but_formulas_without_values_is_told_so(driver):
    def fill(sheet):
        sheet.append(["a", "b"])
        for row in range(2, 12):
            sheet.append([f"=ROW(A{row})", "=1+1"])

    with pytest.raises(Unrecoverable, match="20 formulas and none of their values"):
        driver.parse(book_of(fill))


def test_number_formats_are_told_by_column(driver):
    codes = {
        "share": "0.0%",
        "price": '"¥"#,##0.00',
        "code": "00000",
        "day": "yyyy-mm-dd",
        "n": None,
    }

    def fill(sheet):
        sheet.append(list(codes))
        for row in range(2, 30):
            for column, code in enumerate(codes.values(), 1):
                cell = sheet.cell(row, column, row / 4)
                cell.number_format = code or "General"

    result = driver.parse(book_of(fill))

    assert [column.format for column in result.columns] == [
        "0.0%",
        '"¥"#,##0.00',
        "00000",
        None,
        None,
    ]


def test_a_format_that_few_numbers_have_is_not_the_column_s(driver):
    def fill(sheet):
        for row in [["a", "b"], *[[n, n] for n in range(10)]]:
            sheet.append(row)
        sheet["A3"].number_format = "0.00"

    assert [column.format for column in driver.parse(book_of(fill)).columns] == [None, None]
