"""Clean data as files, read back by libraries that Sluice does not write them with."""

import csv
import io
import json
import warnings
from datetime import date, datetime, time, timedelta

import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest

from shared.clean.column import Column
from shared.clean.excel import MAX_TEXT
from shared.clean.export import export
from shared.clean.export_xlsx import export_xlsx
from shared.clean.manifest import Manifest, read_manifest
from shared.errors import Unprocessable

MOMENT = datetime.fromisoformat("2024-05-06 07:08:09")
HEADER = ["n", "f", "ok", "d", "at", "t", "took", "名"]
ROWS = [
    [1, 0.5, True, date(2024, 5, 6), MOMENT, time(8, 30), timedelta(hours=26), "=1+1"],
    [2, 2.25, False, date(2024, 5, 7), MOMENT, time(0), timedelta(minutes=5), "@x"],
    [*[None] * 7, "  - y"],
    ["ND", 1e300, True, date(1900, 1, 15), MOMENT, time(23, 59, 59), timedelta(), "-5"],
]


@pytest.fixture
def key(driver):
    """Clean data with every type, an odd cell, and texts that look like formulas."""
    book = openpyxl.Workbook()
    for row in [HEADER, *ROWS, *[ROWS[1]] * 20]:
        book.active.append(row)
    for row in book.active.iter_rows():
        row[7].data_type = "s"  # openpyxl would write a formula
    file = io.BytesIO()
    book.save(file)
    result = driver.parse(file.getvalue())
    types = [column.type for column in result.columns]
    assert types == [
        *("integer", "decimal", "boolean", "date", "datetime", "time", "duration", "category")
    ]
    return result.clean_data_key


def exported(driver, key, fmt, **options) -> bytes:
    manifest = read_manifest(driver.store, key)
    return b"".join(export(driver.store, manifest, fmt, **options))


def test_xlsx(driver, key):
    sheet = openpyxl.load_workbook(io.BytesIO(exported(driver, key, "xlsx"))).active
    rows = list(sheet.iter_rows())
    header, first, second, blank, odd = ([cell.value for cell in row] for row in rows[:5])

    assert header == HEADER
    assert first[:4] == [1, 0.5, True, datetime.fromisoformat("2024-05-06")]
    assert first[4:] == [MOMENT, time(8, 30), timedelta(hours=26), "=1+1"]
    assert second[5:] == [time(0), timedelta(minutes=5), "@x"]
    assert blank == [*[None] * 7, "  - y"]
    assert odd[0] == "ND"
    assert odd[1] == 1e300
    assert odd[3] == "1900-01-15"
    assert len(rows) == 25
    assert all(cell.data_type != "f" for row in rows for cell in row)
    assert sheet.freeze_panes == "A2"


def test_xlsx_read_by_pandas_has_types(driver, key):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        frame = pd.read_excel(io.BytesIO(exported(driver, key, "xlsx")), nrows=2)

    assert [str(kind) for kind in frame.dtypes[:5]] == [
        *("int64", "float64", "bool", "datetime64[us]", "datetime64[us]")
    ]


def test_xlsx_of_what_excel_cannot_hold(driver):
    long, emoji = "长" * 40_000, "😀" * 20_000
    content = f"n,text\n{2**60},{long}\n5,{emoji}\n7, pad \n"
    result = driver.parse(content.encode())
    rows = list(
        openpyxl.load_workbook(
            io.BytesIO(exported(driver, result.clean_data_key, "xlsx"))
        ).active.values
    )

    assert rows[1][0] == str(2**60)
    assert rows[1][1] == long[: MAX_TEXT - 1] + "…"
    assert rows[2][1] == "😀" * 16_383 + "…"
    assert rows[3][1] == " pad "


def test_xlsx_of_more_rows_than_excel_has(driver):
    manifest = Manifest(
        columns=[Column(name="n", type="integer", blanks=0)],
        total_rows=1_048_576,
        parts=[],
        first_page_key="",
        profile_key="",
    )

    with pytest.raises(Unprocessable, match=r"at most 1,048,575 rows .* csv or parquet"):
        export_xlsx(driver.store, manifest)


def test_csv(driver, key):
    data = exported(driver, key, "csv")
    header, first, second, blank, odd, *_ = csv.reader(io.StringIO(data.decode("utf-8-sig")))

    assert data.startswith(b"\xef\xbb\xbf")
    assert header == HEADER
    assert first == [
        *("1", "0.5", "TRUE", "2024-05-06", "2024-05-06 07:08:09", "08:30:00", "26:00:00", "'=1+1")
    ]
    assert second[-1] == "'@x"
    assert blank == [*[""] * 7, "  - y"]
    assert (odd[0], odd[-1]) == ("ND", "-5")


def test_negative_numbers_are_no_formulas_in_csv(driver):
    result = driver.parse(b"a,b,-c\n-1,-5 kg,-0.5\n-2,+49 30 1,-1.5\n-3,-7,2\n")
    rows = list(csv.reader(io.StringIO(exported(driver, result.clean_data_key, "csv").decode())))

    assert rows[0][2] == "'-c"
    assert rows[1:] == [
        ["-1", "'-5 kg", "-0.5"],
        ["-2", "'+49 30 1", "-1.5"],
        ["-3", "-7", "2.0"],
    ]


def test_json(driver, key):
    rows = json.loads(exported(driver, key, "json"))

    assert len(rows) == 24
    assert rows[0] == {
        "n": 1,
        "f": 0.5,
        "ok": True,
        "d": "2024-05-06",
        "at": "2024-05-06T07:08:09",
        "t": "08:30:00",
        "took": "26:00:00",
        "名": "=1+1",
    }
    assert rows[2]["n"] is None
    assert rows[3]["n"] == "ND"


def test_parquet(driver, key):
    table = pq.read_table(io.BytesIO(exported(driver, key, "parquet")))

    assert table.column_names == [*HEADER, "_odd"]
    assert table.column("d").to_pylist()[:2] == [date(2024, 5, 6), date(2024, 5, 7)]
    assert table.column("took").to_pylist()[0] == timedelta(hours=26)
    assert table.column("_odd").to_pylist()[3] == [{"column": 0, "text": "ND"}]


def test_parquet_of_several_parts_is_one_file(driver):
    content = "n,s\n" + "".join(f"{n},x{n}\n" for n in range(20_500))
    result = driver.parse(content.encode())
    file = pq.ParquetFile(io.BytesIO(exported(driver, result.clean_data_key, "parquet")))

    assert file.num_row_groups == 3
    assert file.read().column("n").to_pylist() == list(range(20_500))
