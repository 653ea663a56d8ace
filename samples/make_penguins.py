"""Write penguins.xlsx, shaped like what research users send, from palmerpenguins' raw csv.

    python samples/make_penguins.py PENGUINS_RAW_CSV

The same csv gives the same bytes: no clock is read. README.md beside this file names the source.
"""  # noqa: INP001 - a script, no package

import csv
import io
import re
import sys
import zipfile
from datetime import date, datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

TITLE = "帕尔默群岛企鹅测量数据 Palmer Archipelago penguins, 2007–2009"
EXPORTED = date(2026, 2, 1)

# (first column, last column, text): one that spans columns is a group, the others span both rows.
GROUPS = (
    ("A", "A", "研究编号 Study Name"),
    ("B", "I", "个体 Individual"),
    ("J", "M", "测量 Measurements"),
    ("N", "N", "性别 Sex"),
    ("O", "P", "同位素 Isotopes"),
    ("Q", "Q", "备注 Comments"),
)
NAMES = {
    "B": "序号 Sample Number",
    "C": "物种 Species",
    "D": "区域 Region",
    "E": "岛屿 Island",
    "F": "阶段 Stage",
    "G": "个体编号 Individual ID",
    "H": "窝卵完整 Clutch Completion",
    "I": "产卵日期 Date Egg",
    "J": "嘴峰长 Culmen Length (mm)",
    "K": "嘴峰深 Culmen Depth (mm)",
    "L": "鳍肢长 Flipper Length (mm)",
    "M": "体重 Body Mass (g)",
    "O": "氮同位素 Delta 15 N (‰)",
    "P": "碳同位素 Delta 13 C (‰)",
}
GROUP_ROW, NAME_ROW, FIRST_DATA_ROW = 4, 5, 6

INTEGERS = {"Sample Number", "Flipper Length (mm)"}
DECIMALS = {"Culmen Length (mm)", "Culmen Depth (mm)", "Delta 15 N (o/oo)", "Delta 13 C (o/oo)"}
DATES = {"Date Egg"}
# Body Mass is in neither set: its numbers are typed as text, as many a keyboard leaves them.

ERROR_CELL = ("4", "Culmen Length (mm)")
"""Sample number (its first bird) and column of the one missing value that shows as #N/A."""

NOTES = (
    ("企鹅数据说明 About this workbook", ""),
    ("来源 Source", "Palmer Station LTER, Antarctica; R/Python package palmerpenguins"),
    ("作者 Authors", "Gorman KB, Williams TD, Fraser WR (2014)"),
    ("许可 Licence", "CC0 1.0"),
    ("数据表 Data sheet", "企鹅测量 Penguins"),
    ("空白 Blanks", "未测量 not measured"),
)
SPECIES = (
    ("中文名 Chinese", "英文名 English", "学名 Latin"),
    ("阿德利企鹅", "Adelie Penguin", "Pygoscelis adeliae"),
    ("巴布亚企鹅", "Gentoo penguin", "Pygoscelis papua"),
    ("帽带企鹅", "Chinstrap penguin", "Pygoscelis antarctica"),
)
SCRATCH = (("临时 scratch", "=1+1"), ("核对 to check", 152))


def main(source: Path, target: Path) -> None:
    """Write the workbook for the birds in `source`."""
    with source.open(encoding="utf-8", newline="") as file:
        birds = list(csv.DictReader(file))
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    write_rows(workbook.create_sheet("说明 Notes"), NOTES)
    write_penguins(workbook.create_sheet("企鹅测量 Penguins"), birds)
    write_rows(workbook.create_sheet("物种对照 Species"), SPECIES)
    scratch = workbook.create_sheet("scratch")
    write_rows(scratch, SCRATCH)
    scratch.sheet_state = "hidden"
    workbook.properties.creator = "Palmer Station LTER"
    target.write_bytes(without_clock(workbook))


def write_rows(sheet: Worksheet, rows: tuple[tuple[str | int, ...], ...]) -> None:
    """Write a plain little sheet with a bold first row."""
    for row in rows:
        sheet.append(row)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.column_dimensions["A"].width = sheet.column_dimensions["B"].width = 36


def write_penguins(sheet: Worksheet, birds: list[dict[str, str]]) -> None:
    """Write the data sheet: title, export date, two header rows, one row a bird."""
    write_title(sheet)
    write_header(sheet)
    seen_error_bird = False
    for row, bird in enumerate(birds, start=FIRST_DATA_ROW):
        for column, (name, text) in enumerate(bird.items(), start=1):
            cell = sheet.cell(row, column, typed(name, text))
            if name in DATES:
                cell.number_format = "yyyy-mm-dd"
            if not seen_error_bird and (bird["Sample Number"], name) == ERROR_CELL:
                cell.value = "#N/A"
                seen_error_bird = True
    sheet.freeze_panes = f"A{FIRST_DATA_ROW}"


def write_title(sheet: Worksheet) -> None:
    """Write the two lines above the header."""
    sheet["A1"] = TITLE
    sheet["A1"].font = Font(bold=True, size=14)
    sheet.merge_cells("A1:Q1")
    sheet["A2"] = "导出日期 Exported"
    sheet["B2"] = EXPORTED
    sheet["B2"].number_format = "yyyy-mm-dd"


def write_header(sheet: Worksheet) -> None:
    """Write the group row with its merges and the row of names below it."""
    for first, last, text in GROUPS:
        sheet[f"{first}{GROUP_ROW}"] = text
        bottom = GROUP_ROW if first != last else NAME_ROW
        sheet.merge_cells(f"{first}{GROUP_ROW}:{last}{bottom}")
    for column, text in NAMES.items():
        sheet[f"{column}{NAME_ROW}"] = text
    for row in sheet.iter_rows(GROUP_ROW, NAME_ROW):
        for cell in row:
            cell.font = Font(bold=True)
            cell.fill = PatternFill("solid", start_color="DDEBF7")
            cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)


def typed(name: str, text: str) -> str | int | float | date | None:
    """Return the cell value for one field of the csv; NA is a blank."""
    if text == "NA":
        return None
    if name in INTEGERS:
        return int(text)
    if name in DECIMALS:
        return float(text)
    if name in DATES:
        return date.fromisoformat(text)
    return text


def without_clock(workbook: Workbook) -> bytes:
    """Save, then set every time in the file to the export date."""
    moment = datetime(EXPORTED.year, EXPORTED.month, EXPORTED.day)  # noqa: DTZ001 - xlsx has no zone
    workbook.properties.created = moment
    saved, packed = io.BytesIO(), io.BytesIO()
    workbook.save(saved)
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/core.xml":
                part = re.sub(
                    rb"(<dcterms:modified[^>]*>)[^<]*",
                    rb"\g<1>%sZ" % moment.isoformat().encode(),
                    part,
                )
            entry = zipfile.ZipInfo(name, moment.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, part)
    return packed.getvalue()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(__file__).parent / "penguins.xlsx")
