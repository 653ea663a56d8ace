"""Workbooks with everything that a cell can be, by writers that Sluice does not use to read."""

from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import xlsxwriter
import xlwt
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

at = datetime.fromisoformat
FORMATS = (
    *("General", "0", "0.00", "00000", "0%", "0.00E+00", "#,##0.00 €", "$#,##0", '"s"0', "@"),
    *("yyyy-mm-dd", "d.m.yy h:mm", "h:mm:ss", "[h]:mm:ss", "mm:ss.0", "[mm]", "yyyy年m月d日"),
    *("[Red]0.0", "[$-804]yyyy/m/d", "# ?/?", "General;[Red]-General", "dd/mm;@", r"\d0"),
)
NUMBERS = (
    *(0, 1, -1, 0.5, 0.25, 0.999_999_99, 1.5, 59, 60, 61, 36_526, 45_418.3125, 73_050, -0.5),
    *(2**53, 2**53 + 1, -(2**62), 1e-300, 1.5e300, 123_456_789.123_456, 0.1, 1 / 3),
)
TEXTS = (
    *("a", " padded ", "two\nlines", "tab\there", "<b>&amp;</b>", "'quoted'", '"quoted"', "漢字"),
    *("_x000D_", "_x0041_", "é😀", "=1+1", "007", "TRUE", "#N/A", "   ", "1,234", "x" * 5000),
)
ERRORS = ("#N/A", "#DIV/0!", "#REF!", "#NAME?", "#NUM!", "#NULL!", "#VALUE!")


def by_openpyxl(*, from_1904: bool = False) -> bytes:
    book = openpyxl.Workbook()
    if from_1904:
        book.epoch = openpyxl.utils.datetime.MAC_EPOCH
    sheet = book.active
    for row, number in enumerate(NUMBERS, 1):
        for column, code in enumerate(FORMATS, 1):
            sheet.cell(row, column, number).number_format = code
    _fill_others(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _fill_others(book: openpyxl.Workbook) -> None:
    texts = book.create_sheet("texts & more")
    for row, text in enumerate(TEXTS, 3):
        texts.cell(row, 2).value = text
        texts.cell(row, 2).data_type = "s"
    for row, error in enumerate(ERRORS, 3):
        texts.cell(row, 4, error)
    texts["F3"], texts["F4"] = True, False
    bold = TextBlock(InlineFont(b=True), "rich ")
    texts["F5"] = CellRichText(bold, "text", TextBlock(InlineFont(i=True), " & more"))
    texts.merge_cells("H3:J5")
    texts["H3"] = "merged"
    texts["XFD20"] = "far"
    hidden = book.create_sheet("hidden")
    hidden.sheet_state = "hidden"
    hidden["A1"], hidden["A2"], hidden["B5"] = "=A2*2", 3, "below hidden rows"
    hidden.row_dimensions[3].hidden = True
    moments = book.create_sheet("moments")
    for row, moment in enumerate(
        (date(2024, 5, 6), at("2024-05-06 07:08:09.123"), time(8, 30), timedelta(hours=26)), 1
    ):
        moments.cell(row, 1, moment)
    book.create_sheet("empty")


def by_xlsxwriter(*, constant_memory: bool) -> bytes:
    """With shared texts, or with texts in the cells."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"constant_memory": constant_memory})
    sheet = book.add_worksheet("Data")
    formats = [book.add_format({"num_format": code}) for code in FORMATS]
    bold = book.add_format({"bold": True})
    for row, number in enumerate(NUMBERS):
        for column, shown in enumerate(formats):
            sheet.write_number(row, column, number, shown)
    sheet.set_row(7, None, None, {"hidden": True})
    other = book.add_worksheet("Texts")
    for row, text in enumerate(TEXTS):
        other.write_string(row, 0, text)
        other.write_boolean(row, 2, row % 2 == 0)
        other.write_formula(row, 3, "=1/3", None, 1 / 3)
        other.write_formula(row, 4, '="a"', None, text)
        other.write_formula(row, 5, "=1/0", None, "#DIV/0!")
        other.write_blank(row, 6, None, bold)
        other.write_rich_string(row, 7, "plain ", bold, "bold", " plain")
    book.close()
    return file.getvalue()


def by_xlwt() -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Data")
    for column, code in enumerate(code for code in FORMATS if "年" not in code):
        style = xlwt.easyxf(num_format_str=code)
        for row, number in enumerate(n for n in NUMBERS if abs(n) <= 2**53):
            sheet.write(row, column, number, style)
    other = book.add_sheet("Texts")
    for row, text in enumerate(TEXTS):
        other.write(row, 0, text)
        other.write(row, 1, row % 2 == 0)
        other.write(row, 2, xlwt.Formula("1/0"))
    for row, error in enumerate((0x2A, 0x07, 0x17)):
        other.row(row).set_cell_error(4, error)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def written(folder: Path) -> dict[str, Path]:
    """Write all of them into a folder."""
    contents = {
        "openpyxl.xlsx": by_openpyxl(),
        "openpyxl-1904.xlsx": by_openpyxl(from_1904=True),
        "xlsxwriter-shared.xlsx": by_xlsxwriter(constant_memory=False),
        "xlsxwriter-inline.xlsx": by_xlsxwriter(constant_memory=True),
        "xlwt.xls": by_xlwt(),
    }
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    return {name: folder / name for name in contents}
