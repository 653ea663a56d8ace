"""Rows out of a worksheet's XML, as writers of all kinds leave it."""

from xml.parsers.expat import ExpatError

import pytest

from functions.worker.parse.sheet_scan import scan_sheet
from functions.worker.parse.sheet_xml import read_rows
from functions.worker.parse.workbook import Merge

NS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def sheet(rows: str, after: str = "") -> bytes:
    return f'<worksheet xmlns="{NS}"><sheetData>{rows}</sheetData>{after}</worksheet>'.encode()


def rows(xml: bytes, size: int = 1 << 16, start: int = 0):
    return list(read_rows(chunks(xml, size), lambda kind, text, style: (kind, text), start=start))


def chunks(xml: bytes, size: int):
    return [xml[at : at + size] for at in range(0, len(xml), size)]


def test_cells_stand_where_their_reference_says():
    xml = sheet('<row r="3"><c r="B3"><v>1</v></c><c r="AA3" t="s"><v>0</v></c></row>')

    [(position, cells)] = rows(xml)

    assert position == 2
    assert cells[1] == ("n", "1")
    assert cells[26] == ("s", "0")
    assert len(cells) == 27


def test_without_references_cells_and_rows_follow_each_other():
    xml = sheet("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>")

    assert rows(xml) == [(0, [("n", "1"), ("n", "2")]), (1, [("n", "3")])]


def test_rich_inline_text_is_joined_without_its_pronunciation():
    xml = sheet(
        '<row r="1"><c r="A1" t="inlineStr"><is><r><t>東</t></r><r><t>京</t></r>'
        "<rPh><t>トウキョウ</t></rPh></is></c></row>"
    )

    assert rows(xml) == [(0, [("inlineStr", "東京")])]


def test_a_formula_is_its_cached_value():
    xml = sheet('<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>1+1</f></c></row>')

    assert rows(xml) == [(0, [("n", "2")])]


def test_elements_with_a_prefix_are_found():
    xml = f'<x:worksheet xmlns:x="{NS}"><x:sheetData><x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c>'
    xml += '</x:row></x:sheetData><x:mergeCells><x:mergeCell ref="A1:B2"/></x:mergeCells>'
    data = f"{xml}</x:worksheet>".encode()

    assert rows(data) == [(0, [("n", "1")])]
    assert scan_sheet([data]) == (1, 1, (Merge(0, 0, 1, 1),))


def test_the_start_is_skipped():
    xml = sheet("".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 9)))

    assert [position for position, _ in rows(xml, start=5)] == [5, 6, 7]


@pytest.mark.parametrize("size", [1, 7, 64, 1 << 16])
def test_however_the_xml_is_cut_rows_and_counts_are_the_same(size):
    body = "".join(
        f'<row r="{n}" spans="1:2"><c r="A{n}" t="s"><v>{n}</v></c>'
        f'<c r="B{n}" t="inlineStr"><is><t>x</t></is></c></row>'
        for n in range(1, 40)
    )
    xml = sheet(body, '<mergeCells count="1"><mergeCell ref="C1:XFD1"/></mergeCells>')

    assert len(rows(xml, size)) == 39
    assert scan_sheet(chunks(xml, size)) == (39, 78, (Merge(0, 2, 0, 16383),))


@pytest.mark.parametrize("prefix", ["", "x:"])
@pytest.mark.parametrize("size", [210, 300, 1 << 16])
def test_page_breaks_are_no_rows_and_come_after_what_is_merged(prefix, size):
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 9))
    breaks = '<rowBreaks count="1" manualBreakCount="1"><brk id="3" max="16383"/></rowBreaks>'
    merged = '<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>'
    xml = sheet(rows, merged + "<pageMargins/>" * 5 + breaks).decode()
    if prefix:
        xml = xml.replace("<", "<x:").replace("<x:/", "</x:").replace("xmlns=", "xmlns:x=")
    assert scan_sheet(chunks(xml.encode(), size)) == (8, 8, (Merge(0, 0, 0, 1),))


def test_broken_xml_and_entities_are_refused():
    with pytest.raises(ExpatError):
        rows(sheet("<row><c>"))
    with pytest.raises(ExpatError, match="entities"):
        rows(b'<!DOCTYPE x [<!ENTITY a "b">]>' + sheet("<row/>"))
