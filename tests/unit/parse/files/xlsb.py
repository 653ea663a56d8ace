"""A workbook of one sheet in Excel's binary format, record by record, after [MS-XLSB]."""

import io
import struct
import zipfile
from datetime import date, datetime

ROW, BOOLEAN, REAL, TEXT = 0, 4, 5, 6
BOOK, SHEET, SHEETS, ROWS, STYLES, FORMATS, XFS = (
    (131, 132), (129, 130), (143, 144), (145, 146), (278, 279), (615, 616), (617, 618)
)  # fmt: skip
SHEET_ENTRY, DIMENSION, FORMAT, XF = 156, 148, 44, 47
DATE_STYLE, MOMENT_STYLE = 1, 2
TYPES = """<?xml version="1.0" encoding="UTF-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/xl/workbook.bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>
<Override PartName="/xl/worksheets/sheet1.bin" ContentType="application/vnd.ms-excel.worksheet"/>
<Override PartName="/xl/styles.bin" ContentType="application/vnd.ms-excel.styles"/>
</Types>"""  # noqa: E501
RELATIONS = """<?xml version="1.0" encoding="UTF-8"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>"""
RELATION = '<Relationship Id="{}" Target="{}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}"/>'


def write_xlsb(rows: list[list[object]]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        root = RELATION.format("rId1", "xl/workbook.bin", "officeDocument")
        archive.writestr("_rels/.rels", RELATIONS.format(root))
        own = RELATION.format("rId1", "worksheets/sheet1.bin", "worksheet")
        own += RELATION.format("rId2", "styles.bin", "styles")
        archive.writestr("xl/_rels/workbook.bin.rels", RELATIONS.format(own))
        entry = struct.pack("<II", 0, 1) + wide("rId1") + wide("测量")
        sheets = within(SHEETS, record(SHEET_ENTRY, entry))
        archive.writestr("xl/workbook.bin", within(BOOK, sheets))
        archive.writestr("xl/styles.bin", styles())
        archive.writestr("xl/worksheets/sheet1.bin", sheet(rows))
    return file.getvalue()


def sheet(rows: list[list[object]]) -> bytes:
    width = max(map(len, rows))
    dimension = record(DIMENSION, struct.pack("<IIII", 0, len(rows) - 1, 0, width - 1))
    return within(SHEET, dimension + within(ROWS, b"".join(map(row, range(len(rows)), rows))))


def row(number: int, values: list[object]) -> bytes:
    span = struct.pack("<III", 1, 0, len(values) - 1)
    head = record(ROW, struct.pack("<IIH", number, 0, 300) + b"\0\0\0" + span)
    return head + b"".join(cell(n, v) for n, v in enumerate(values) if v is not None)


def cell(column: int, value: object) -> bytes:
    match value:
        case bool():
            return record(BOOLEAN, place(column) + bytes([value]))
        case datetime():
            days = (value - datetime.fromisoformat("1899-12-30")).total_seconds() / 86_400
            return record(REAL, place(column, MOMENT_STYLE) + struct.pack("<d", days))
        case date():
            days = (value - date(1899, 12, 30)).days
            return record(REAL, place(column, DATE_STYLE) + struct.pack("<d", days))
        case int() | float():
            return record(REAL, place(column) + struct.pack("<d", value))
    return record(TEXT, place(column) + wide(str(value)))


def place(column: int, style: int = 0) -> bytes:
    return struct.pack("<II", column, style)


def styles() -> bytes:
    own = record(FORMAT, struct.pack("<H", 164) + wide("yyyy-mm-dd hh:mm"))
    formats = within(FORMATS, own, struct.pack("<I", 1))
    xfs = b"".join(record(XF, struct.pack("<HHHHHHI", 0, n, 0, 0, 0, 0, 0)) for n in (0, 14, 164))
    return within(STYLES, formats + within(XFS, xfs, struct.pack("<I", 3)))


def within(pair: tuple[int, int], content: bytes, opening: bytes = b"") -> bytes:
    return record(pair[0], opening) + content + record(pair[1], b"")


def record(kind: int, data: bytes) -> bytes:
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, left = b"", len(data)
    while left > 127:
        size += bytes([left & 0x7F | 0x80])
        left >>= 7
    return head + size + bytes([left]) + data


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")
