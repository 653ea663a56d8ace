"""Random tables, written by others and read by Sluice, are what they were."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date, datetime, timedelta

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from functions.worker.parse.cells import as_text
from tests.unit.clean.pages import read_page

LETTERS = st.characters(categories=("Ll", "Lu", "Lo", "So"), exclude_characters="_是否真假对错有无")
TEXTS = st.text(LETTERS, min_size=1, max_size=12).map(lambda text: f"z{text}")
DAYS = st.dates(date(1900, 3, 1), date(2200, 1, 1))
MOMENTS = st.builds(
    lambda day, second: datetime(day.year, day.month, day.day) + timedelta(seconds=second),  # noqa: DTZ001
    DAYS,
    st.integers(1, 86_399),
)
CELLS = {
    "text": TEXTS,
    "whole": st.integers(-(2**53) + 1, 2**53 - 1),
    "number": st.floats(allow_nan=False, allow_infinity=False).filter(
        lambda value: value == 0 or 1e-300 < abs(value) < 1e300
    ),
    "truth": st.booleans(),
    "moment": MOMENTS,
    "length": st.integers(0, 10**9).map(lambda ms: timedelta(days=1, milliseconds=ms)),
    "mixed": st.one_of(TEXTS, st.integers(-1000, 1000), st.booleans(), MOMENTS),
}
IN_CSV = {"text": TEXTS, "whole": st.integers(-(10**14), 10**14), "number": CELLS["number"]}


def tables(cells):
    names = list(cells)
    row = st.tuples(st.integers(0, 10**6), *(st.one_of(cells[name], st.none()) for name in names))
    return st.lists(row, min_size=1, max_size=30).map(lambda rows: [["id", *names], *rows])


def by_openpyxl(rows) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    return _bytes(book.save)


def by_xlsxwriter(rows, **options: bool) -> bytes:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, options)
    sheet = book.add_worksheet()
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
    length = book.add_format({"num_format": "[h]:mm:ss.000"})
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            match cell:
                case str():
                    sheet.write_string(number, column, cell)
                case bool():
                    sheet.write_boolean(number, column, cell)
                case datetime():
                    sheet.write_datetime(number, column, cell, moment)
                case timedelta():
                    sheet.write_number(number, column, cell / timedelta(days=1), length)
                case int() | float():
                    # XlsxWriter writes 16 digits of its own accord, one too few.
                    sheet.write_number(number, column, float(f"{cell:.15g}"))
    book.close()
    return file.getvalue()


def by_odfpy(rows) -> bytes:
    book = OpenDocumentSpreadsheet()
    table = Table(name="Data")
    for cells in rows:
        row = TableRow()
        for cell in cells:
            row.addElement(_odf_cell(cell))
        table.addElement(row)
    book.spreadsheet.addElement(table)
    return _bytes(book.write)


def _odf_cell(cell) -> TableCell:
    match cell:
        case None:
            return TableCell()
        case bool():
            return TableCell(valuetype="boolean", booleanvalue=str(cell).lower())
        case int() | float():
            return TableCell(valuetype="float", value=repr(cell))
        case datetime():
            return TableCell(valuetype="date", datevalue=cell.isoformat())
        case timedelta():
            seconds = cell // timedelta(milliseconds=1) / 1000
            return TableCell(valuetype="time", timevalue=f"PT{seconds:.3f}S")
    found = TableCell(valuetype="string")
    found.addElement(P(text=cell))
    return found


def by_csv(rows) -> bytes:
    file = io.StringIO()
    written = csv.writer(file)
    written.writerows([["" if cell is None else as_text(cell) for cell in row] for row in rows])
    return file.getvalue().encode()


def _bytes(write: Callable[[io.BytesIO], None]) -> bytes:
    file = io.BytesIO()
    write(file)
    return file.getvalue()


def check(driver, rows, content: bytes, *, digits: int = 17) -> None:
    result = driver.parse(content, headerRow=1)
    found = read_page(driver.store, result.clean_data_key, offset=0, limit=1000)

    assert len(found.rows) == len(rows) - 1
    names = [column.name for column in result.columns]
    for read, wanted in zip(found.rows, rows[1:], strict=True):
        cells = dict(zip(names, read, strict=True))
        for name, cell in zip(rows[0], wanted, strict=True):
            assert means(cells.get(name), cell, digits=digits), (cells, name, cell)


def means(read, written, *, digits: int) -> bool:
    """Tell whether a cell of the page is what was written; a mixed column has texts."""
    match written:
        case None:
            return read is None
        case bool():
            return read is written or read == as_text(written)
        case int() | float():
            return float(read) == float(f"{written:.{digits}g}")
        case datetime():
            return datetime.fromisoformat(read) == written
        case timedelta():
            hours, minutes, seconds = map(float, read.split(":"))
            period = timedelta(hours=hours, minutes=minutes, seconds=seconds)
            return abs(period - written) < timedelta(milliseconds=2)
    return read == written


often = settings(
    max_examples=40,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@often
@given(rows=tables(CELLS))
def test_through_openpyxl(module_driver, rows):
    check(module_driver, rows, by_openpyxl(rows), digits=16)


@often
@given(rows=tables(CELLS), inline=st.booleans())
def test_through_xlsxwriter(module_driver, rows, inline):
    content = by_xlsxwriter(rows, constant_memory=inline)

    check(module_driver, rows, content, digits=15)


@often
@given(rows=tables(CELLS))
def test_through_odfpy(module_driver, rows):
    check(module_driver, rows, by_odfpy(rows))


@often
@given(rows=tables(IN_CSV))
def test_through_csv(module_driver, rows):
    check(module_driver, rows, by_csv(rows))


@pytest.mark.parametrize("write", [by_openpyxl, by_xlsxwriter, by_odfpy, by_csv])
def test_each_writer_writes_a_table(driver, write):
    rows = [["id", "text", "number"], [1, "zx", 0.5], [2, None, 1.25]]

    check(driver, rows, write(rows))
