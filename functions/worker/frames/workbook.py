"""A table in memory as an Excel workbook, put together by whole columns instead of cell by cell.

It is the original of an edited version: a fall-back parse must find the same types in it. Texts are
texts, so that nothing in it runs as a formula; error cells are error cells.
"""

from __future__ import annotations

from pathlib import Path
from typing import IO, Final
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from functions.worker.frames.cell_xml import cells_of, header_cell
from functions.worker.frames.frame import Frame, Values
from shared.clean.excel import MAX_COLUMNS, MAX_ROWS

SHEET = "Data"

_CELLS_AT_ONCE = 500_000
_LARGE = pa.large_string()
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PARTS: Final = {
    "[Content_Types].xml": f"""<Types xmlns="{_PACKAGE}/content-types">\
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>\
<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>\
<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/></Types>""",
    "_rels/.rels": f"""<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" \
Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>""",
    "xl/workbook.xml": f"""<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>\
<sheet name="{SHEET}" sheetId="1" r:id="rId1"/></sheets></workbook>""",
    "xl/_rels/workbook.xml.rels": f"""<Relationships xmlns="{_PACKAGE}/relationships">\
<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>\
<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>""",
    "xl/styles.xml": f"""<styleSheet xmlns="{_MAIN}"><numFmts count="4">\
<numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>\
<numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/>\
<numFmt numFmtId="166" formatCode="hh:mm:ss"/><numFmt numFmtId="167" formatCode="[h]:mm:ss"/>\
</numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>\
<font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2">\
<fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>\
</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>\
<cellXfs count="6"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>\
<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>\
{"".join(f'<xf numFmtId="{n}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
         for n in range(164, 168))}</cellXfs>\
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>\
</styleSheet>""",
}  # fmt: skip
_BEFORE = f"""<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">\
<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView>\
</sheetViews><sheetData>"""
_AFTER = "</sheetData></worksheet>"


def fits_workbook(frame: Frame) -> bool:
    """Say whether one sheet of Excel can hold the table."""
    return frame.rows <= MAX_ROWS and len(frame.columns) <= MAX_COLUMNS


def write_workbook(frame: Frame, path: Path) -> None:
    """Write the workbook, of one sheet with a header; the table must fit."""
    with ZipFile(path, "w", ZIP_DEFLATED, compresslevel=1) as archive:
        for name, text in _PARTS.items():
            archive.writestr(name, _HEAD + text)
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write((_HEAD + _BEFORE).encode())
            header = "".join(header_cell(escape(cells.name)) for cells in frame.columns)
            sheet.write(f"<row>{header}</row>".encode())
            _write_rows(frame, sheet)
            sheet.write(_AFTER.encode())


def _write_rows(frame: Frame, sheet: IO[bytes]) -> None:
    at_once = max(1, _CELLS_AT_ONCE // len(frame.columns))
    before, after, between = (pa.scalar(text, _LARGE) for text in ("<row>", "</row>", ""))
    for start in range(0, frame.rows, at_once):
        columns = [cells_of(cells.slice(start, at_once)) for cells in frame.columns]
        rows: Values = pc.binary_join_element_wise(before, *columns, after, between)
        for chunk in rows.chunks if isinstance(rows, pa.ChunkedArray) else [rows]:
            sheet.write(_bytes_of(chunk))


def _bytes_of(rows: Values) -> memoryview:
    """The texts of an array lie one behind the other."""
    places = np.frombuffer(rows.buffers()[1], dtype=np.int64)
    return memoryview(rows.buffers()[2])[places[rows.offset] : places[rows.offset + len(rows)]]
