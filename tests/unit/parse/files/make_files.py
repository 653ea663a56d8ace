"""Write the small workbooks beside this file, each by a writer that Sluice does not depend on.

    python make_files.py      # needs xlwt, odfpy and msoffcrypto-tool, and openpyxl

One table in three formats: a title, a header of two rows with merged groups, and six rows. No
library writes .xlsb, so `xlsb.py` puts its records together, by the [MS-XLSB] specification.
"""

import io
import zipfile
from datetime import date, datetime, time
from pathlib import Path

import msoffcrypto.format.ooxml
import openpyxl
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P
from xlsb import write_xlsb

HERE = Path(__file__).parent
TITLE = "身体测量 Body measures"
GROUPS = ["姓名", "测量", None, "出生", "入组", "有效"]
LABELS = [None, "体重 (kg)", "编号", None, None, None]
ROWS = [
    [
        f"参与者{n}",
        50 + n / 4,
        f"00{n}",
        date(1990, n, n),
        datetime.fromisoformat(f"2024-05-0{n} 08:30"),
        n % 2 == 0,
    ]
    for n in range(1, 7)
]


def main() -> None:
    (HERE / "measures.xls").write_bytes(xls())
    (HERE / "measures.ods").write_bytes(ods())
    (HERE / "measures.xlsb").write_bytes(write_xlsb([[TITLE], GROUPS, LABELS, *ROWS]))
    (HERE / "locked.xlsx").write_bytes(locked())
    (HERE / "locked.ods").write_bytes(locked_ods())


def xls() -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    notes = book.add_sheet("说明")
    notes.write(0, 0, "See the next sheet")
    sheet = book.add_sheet("测量")
    sheet.write_merge(0, 0, 0, 5, TITLE)
    for column in (0, 3, 4, 5):
        sheet.write_merge(1, 2, column, column, GROUPS[column])
    sheet.write_merge(1, 1, 1, 2, GROUPS[1])
    for column in (1, 2):
        sheet.write(2, column, LABELS[column])
    formats = {date: "yyyy-mm-dd", datetime: "yyyy-mm-dd hh:mm", time: "hh:mm"}
    for number, row in enumerate(ROWS, 3):
        for column, value in enumerate(row):
            style = xlwt.easyxf(num_format_str=formats.get(type(value), "General"))
            sheet.write(number, column, value, style)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def ods() -> bytes:
    document = OpenDocumentSpreadsheet()
    table = Table(name="测量")
    document.spreadsheet.addElement(table)
    for values in ([TITLE], GROUPS, LABELS, *ROWS):
        row = TableRow()
        table.addElement(row)
        for value in values:
            row.addElement(ods_cell(value))
    file = io.BytesIO()
    document.write(file)
    return file.getvalue()


def ods_cell(value: object):
    match value:
        case None:
            return TableCell()
        case bool():
            return TableCell(valuetype="boolean", booleanvalue=str(value).lower())
        case int() | float():
            return TableCell(valuetype="float", value=str(value))
        case date():
            return TableCell(valuetype="date", datevalue=value.isoformat())
    cell = TableCell(valuetype="string")
    cell.addElement(P(text=value))
    return cell


def locked() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["secret"])
    plain, encrypted = io.BytesIO(), io.BytesIO()
    book.save(plain)
    plain.seek(0)
    msoffcrypto.format.ooxml.OOXMLFile(plain).encrypt("password", encrypted)
    return encrypted.getvalue()


def locked_ods() -> bytes:
    """What an office program leaves readable of an encrypted document: only its manifest."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", b"\x8a\x1f\x00\x93")
        archive.writestr(
            "META-INF/manifest.xml",
            "<manifest:manifest xmlns:manifest="
            '"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml">'
            '<manifest:encryption-data manifest:checksum-type="SHA1/1K"/></manifest:file-entry>'
            "</manifest:manifest>",
        )
    return file.getvalue()


if __name__ == "__main__":
    main()
