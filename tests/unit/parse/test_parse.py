"""From a file to clean data, through the whole handler."""

import csv
import io
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest

from tests.unit.clean.pages import read_page

ROOT = Path(__file__).parents[3]


def page(driver, result, limit=1000):
    return read_page(driver.store, result.clean_data_key, offset=0, limit=limit)


def types(result):
    return {column.name: column.type for column in result.columns}


def replaced(workbook: bytes, path: str, old: bytes, new: bytes) -> bytes:
    """Return the workbook with some bytes of one of its files exchanged."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            data = before.read(name)
            if name == path:
                assert old in data
                data = data.replace(old, new)
            after.writestr(name, data)
    return out.getvalue()


def test_the_sample_comes_out_as_expected(driver):
    result = driver.parse((ROOT / "samples/penguins.xlsx").read_bytes())
    with (ROOT / "tests/sample/expected_penguins.csv").open(encoding="utf-8") as file:
        header, *expected = csv.reader(file)

    found = page(driver, result)

    assert [column.name for column in result.columns] == header
    assert result.total_rows == len(expected) == len(found.rows)
    for row, wanted in zip(found.rows, expected, strict=True):
        assert [same_value(cell, text) for cell, text in zip(row, wanted, strict=True)] == wanted
    odd = {column.name: column.odd for column in result.columns if column.odd}
    assert odd == {"测量 Measurements / 嘴峰长 Culmen Length (mm)": 1}


def same_value(cell, text):
    """Return `text` when the cell has its value, so that a difference shows both."""
    if isinstance(cell, int | float) and not isinstance(cell, bool) and text:
        return text if float(text) == cell else cell
    return cell if cell is not None else ""


def test_the_formats_that_calamine_reads_give_the_same_table(driver, files):
    found = {}
    for name in ("measures.xls", "measures.xlsb", "measures.ods"):
        result = driver.parse((files / name).read_bytes())
        found[name] = (types(result), page(driver, result).rows)
        assert result.source.format == name.rpartition(".")[2]
        assert result.source.header_rows == [2, 3]
        assert result.source.sheet == "测量"

    assert found["measures.xls"] == found["measures.xlsb"] == found["measures.ods"]
    assert found["measures.xls"][0] == {
        "姓名": "text",
        "测量 / 体重 (kg)": "decimal",
        "测量 / 编号": "text",
        "出生": "date",
        "入组": "datetime",
        "有效": "boolean",
    }
    first = ["参与者1", 50.25, "001", "1990-01-01", "2024-05-01T08:30:00", False]
    assert found["measures.xls"][1][0] == first


def test_every_type_of_cell_survives_from_excel(driver, xlsx):
    moment = datetime.fromisoformat("2024-05-06T07:08:09")
    row = [7, 2.5, True, date(2024, 5, 6), moment, time(8, 30), timedelta(hours=26), "x"]
    result = driver.parse(xlsx([list("abcdefgh"), row, [None] * 8, row]))

    assert list(types(result).values()) == [
        *("integer", "decimal", "boolean", "date", "datetime", "time", "duration", "text")
    ]
    values = [7, 2.5, True, "2024-05-06", "2024-05-06T07:08:09", "08:30:00", "26:00:00", "x"]
    assert page(driver, result).rows == [values, values]
    assert result.source.blank_rows == 1


def test_numbers_and_dates_typed_as_text_become_what_they_are(driver, xlsx):
    rows = [["n", "f", "d", "id", "card"], ["1,234", "１２．５", "2024年5月6日", "007", "1" * 18]]
    result = driver.parse(xlsx([*rows, ["5", "0.5", "2024/5/7", "12", "2" * 18]]))

    assert list(types(result).values()) == ["integer", "decimal", "date", "text", "text"]
    assert [column.from_text for column in result.columns] == [2, 2, 2, 0, 0]
    assert page(driver, result).rows == [
        [1234, 12.5, "2024-05-06", "007", "1" * 18],
        [5, 0.5, "2024-05-07", "12", "2" * 18],
    ]


def test_odd_cells_keep_their_text_and_are_counted(driver, xlsx):
    rows = [["x"], *[[n] for n in range(30)], ["#N/A"], ["<0.5"], [None]]
    rows = [[*row, "k"] for row in rows]
    result = driver.parse(xlsx(rows))
    column = result.columns[0]

    assert (column.type, column.odd, column.errors, column.blanks) == ("integer", 2, 1, 1)
    assert [row[0] for row in page(driver, result).rows[29:]] == [29, "#N/A", "<0.5", None]


def test_a_mixed_column_is_text_with_short_numbers_and_iso_dates(driver, xlsx):
    rows = [["x", "k"], [1.0, 1], [0.1, 1], [date(2024, 5, 6), 1], ["a", 1], ["1.50", 1], [True, 1]]
    result = driver.parse(xlsx(rows))

    assert result.columns[0].type == "text"
    cells = [row[0] for row in page(driver, result).rows]
    assert cells == ["1", "0.1", "2024-05-06", "a", "1.50", "TRUE"]


def test_big_integers_keep_every_digit(driver, xlsx):
    numbers = [2**53 + 1, -(2**62) - 1, 5]
    book = xlsx([["n", "k"], *[[n, 1.5] for n in (111111, 222222, 333333)]])
    for old, new in zip((b"111111", b"222222", b"333333"), numbers, strict=True):
        book = replaced(book, "xl/worksheets/sheet1.xml", old, str(new).encode())

    result = driver.parse(book)

    assert result.columns[0].type == "integer"
    cells = [row[0] for row in page(driver, result).rows]
    assert cells == [str(2**53 + 1), str(-(2**62) - 1), 5]


def test_a_cell_that_holds_nan_is_an_error_cell(driver, xlsx):
    book = xlsx([["n", "k"], [1.5, 1], [333333, 1], [2.5, 1]])
    book = replaced(book, "xl/worksheets/sheet1.xml", b"<v>333333</v>", b"<v>NaN</v>")

    result = driver.parse(book)

    assert (result.columns[0].type, result.columns[0].errors) == ("decimal", 1)
    assert [row[0] for row in page(driver, result).rows] == [1.5, "NaN", 2.5]


def test_a_dimension_that_is_too_small_loses_nothing(driver, xlsx):
    book = xlsx([["a", "b"], [1, 2], [3, 4]])
    book = replaced(book, "xl/worksheets/sheet1.xml", b'ref="A1:B3"', b'ref="A1"')

    assert page(driver, driver.parse(book)).rows == [[1, 2], [3, 4]]


def test_duplicate_and_blank_names_become_unique_and_nameless_blanks_disappear(driver, xlsx):
    rows = [["年龄", "年龄", None, None, "空"], [1, 2, None, "x", None], [3, 4, None, "y", None]]
    result = driver.parse(xlsx(rows))

    assert types(result) == {
        "年龄": "integer",
        "年龄 (2)": "integer",
        "Column 4": "text",
        "空": "text",
    }
    assert result.columns[3].blanks == 2


def test_cells_beyond_the_header_get_a_column(driver, csv_of):
    result = driver.parse(csv_of([["a", "b"], [1, 2], [3, 4, "late"]]), "x.csv")

    assert page(driver, result).rows == [[1, 2, None], [3, 4, "late"]]
    assert [column.name for column in result.columns] == ["a", "b", "Column 3"]


def test_the_sheet_with_the_table_is_chosen(driver):
    book = openpyxl.Workbook()
    book.active.title = "说明"
    for number in range(50):
        book.active.append([f"note {number}"])
    for title, state in (("数据", "visible"), ("hidden", "hidden")):
        sheet = book.create_sheet(title)
        sheet.sheet_state = state
        for row in [["a", "b"], *[[n, n] for n in range(5 if title == "数据" else 500)]]:
            sheet.append(row)
    file = io.BytesIO()
    book.save(file)

    result = driver.parse(file.getvalue())

    assert (result.source.sheet, result.total_rows) == ("数据", 5)
    assert result.source.sheets == ["说明", "数据", "hidden"]


@pytest.mark.parametrize(
    ("encoding", "found"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("gb18030", "gb18030"), ("utf-16", "utf-16")],
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_csv_in_any_encoding_and_with_any_delimiter(driver, csv_of, encoding, found, delimiter):
    rows = [["姓名", "城市", "年龄"], ["张三丰", "北京市海淀区", 31], ["李四光", "上海市", 29]]
    rows += [["赵㐂", "𠮷林", 40]] if encoding != "gb18030" else [["赵六", "吉林省长春市", 40]]
    result = driver.parse(csv_of(rows, encoding, delimiter=delimiter))

    assert result.source.format == "csv"
    assert (result.source.encoding, result.source.delimiter) == (found, delimiter)
    assert page(driver, result).rows == rows[1:]


def test_gb18030_beyond_gbk(driver, csv_of):
    rows = [["姓名", "备注"], *[["张三", "数据编辑工具的中文内容"]] * 20, ["㐂", "𠮷野家"]]
    result = driver.parse(csv_of(rows, "gb18030"))

    assert page(driver, result).rows[-1] == ["㐂", "𠮷野家"]


def test_csv_fields_with_quotes_line_ends_and_blanks(driver, csv_of):
    rows = [["a", "b"], ['say "hi"', "two\nlines"], ["  ", "=1+1"], ["x,y", " pad "]]
    result = driver.parse(csv_of(rows))

    assert page(driver, result).rows == [
        ['say "hi"', "two\nlines"],
        [None, "=1+1"],
        ["x,y", " pad "],
    ]


def test_one_column_needs_no_delimiter(driver):
    result = driver.parse(b"name\nAnn\nBob\n")

    assert result.source.delimiter is None
    assert page(driver, result).rows == [["Ann"], ["Bob"]]


def test_xlsm_is_told_by_its_content(driver, xlsx):
    book = xlsx([["a", "b"], [1, 2]])
    plain = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    macros = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    result = driver.parse(replaced(book, "[Content_Types].xml", plain, macros), "x.xlsx")

    assert result.source.format == "xlsm"


def test_a_sheet_of_one_batch_is_never_staged(driver, xlsx):
    payload = driver.upload(xlsx([["a", "b"], [1, 2]]))
    result = driver.run(payload)

    assert {*result.objects, payload.source} == set(driver.store.keys(payload.prefix))


def test_csv_with_title_rows(driver, csv_of):
    result = driver.parse(csv_of([["Report 2024"], [], ["a", "b", "c"], [1, 2, "x"], [3, 4, "y"]]))

    assert [column.name for column in result.columns] == ["a", "b", "c"]
    assert result.source.header_rows == [3]


def test_the_calendar_of_1904(driver):
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.MAC_EPOCH
    for row in [["k", "day"], ["a", date(2024, 5, 6)], ["b", date(1999, 12, 31)]]:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)

    result = driver.parse(file.getvalue())

    assert page(driver, result).rows == [["a", "2024-05-06"], ["b", "1999-12-31"]]


def test_a_far_cell_costs_no_more_than_a_near_one(driver):
    book = openpyxl.Workbook()
    book.active["A1"] = "x"
    book.active["XFD1048576"] = 5
    file = io.BytesIO()
    book.save(file)

    result = driver.parse(file.getvalue())

    assert [column.name for column in result.columns] == ["x", "Column 16384"]
    assert result.source.blank_rows == 1_048_574


def test_a_name_that_is_too_long_for_a_request_is_a_name_all_the_same(driver):
    long = "Which of these did you take in the last week? " * 20
    result = driver.parse(f"{long},b\n1,2\n3,4\n".encode(), "data.csv")

    assert types(result) == {long.strip(): "integer", "b": "integer"}
    assert result.source.options.types == {"b": "integer"}


def test_a_header_of_more_rows_than_a_request_may_name(driver):
    book = openpyxl.Workbook()
    for n in range(14):
        book.active.append([f"left {n}", None, f"right {n}", None])
        book.active.merge_cells(start_row=n + 1, start_column=1, end_row=n + 1, end_column=2)
        book.active.merge_cells(start_row=n + 1, start_column=3, end_row=n + 1, end_column=4)
    for row in (["a", "b", "c", "d"], [1, 2, 3, 4], [5, 6, 7, 8]):
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)

    result = driver.parse(file.getvalue())

    assert (result.total_rows, len(result.source.header_rows)) == (2, 15)
    assert result.source.options.header_row is None


def test_a_sheet_with_a_name_longer_than_a_request_may_say(driver):
    book = openpyxl.Workbook()
    book.active.title = "Data"
    for row in (["a", "b"], [1, 2], [3, 4]):
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    long = b"D" * 700

    result = driver.parse(
        replaced(file.getvalue(), "xl/workbook.xml", b'name="Data"', b'name="%s"' % long)
    )

    assert (result.total_rows, result.source.sheet) == (2, long.decode())
    assert result.source.options.sheet is None
