"""Workbooks as writers of all kinds leave them, read by whole arrays or not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from functions.worker.parse.batches import rows_of
from functions.worker.parse.xlsx import blocks, caps, reading
from functions.worker.parse.xlsx.slicing import SHEET, Foreign, slices
from functions.worker.parse.xlsx.tokens import tokenise
from functions.worker.parse.xlsx.workbook import XlsxWorkbook
from shared.errors import Unrecoverable
from tests.hostile.bombs import workbook

NS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
Read = Callable[..., list[tuple[int, list[object]]]]


def sheet(rows: str, *, prefix: str = "", head: str = "", tail: str = "") -> str:
    p, space = (f"{prefix}:", f":{prefix}") if prefix else ("", "")
    rows = rows.replace("</", f"</{p}").replace("<", f"<{p}").replace(f"<{p}/{p}", f"</{p}")
    return (
        f'<?xml version="1.0"?><{p}worksheet xmlns{space}="{NS}">{head}<{p}sheetData>{rows}'
        f"</{p}sheetData></{p}worksheet>{tail}"
    )


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Return the rows of a workbook's only sheet."""

    def rows(xml: str | bytes, strings: str | None = None, start: int = 0):
        path = tmp_path / "book.xlsx"
        content = xml if isinstance(xml, bytes) else xml.encode()
        texts = None if strings is None else f'<sst xmlns="{NS}">{strings}</sst>'.encode()
        path.write_bytes(workbook(content, strings=texts))
        with XlsxWorkbook(path) as book:
            by_row = list(book.rows("Data", start=start))
            by_slice = [
                row
                for read_slice in book.slices("Data", start=start)
                for batch in read_slice()
                for row in rows_of(batch)
            ]
        found = [(position, trimmed(cells)) for position, cells in by_row]
        assert [(position, trimmed(cells)) for position, cells in by_slice] == found
        return found

    return rows


def trimmed(cells: list[object]) -> list[object]:
    while cells and cells[-1] is None:
        cells.pop()
    return cells


def by_arrays(xml: str) -> bool:
    """Tell whether whole arrays read all of it."""
    try:
        for piece in slices([xml.encode()], SHEET):
            tokenise(piece, 0)
    except Foreign:
        return False
    return True


@pytest.mark.parametrize(
    ("last", "hidden"),
    [('<row r="3" hidden="1"/>', [0, 2]), ('<row r="3"/>', [0]), ("<row r='3' hidden='0'/>", [0])],
)
def test_hidden_rows_are_found_up_to_a_last_one_without_cells(last, hidden):
    first = '<row r="1" ht="5" hidden="true"><c r="A1"><v>1</v></c></row>'
    second = '<row r="2"><c r="A2" t="inlineStr"><is><t> hidden="1"</t></is></c></row>'
    rows = (first + second + last).replace("'", '"').encode()
    assert tokenise(rows, 0).hidden.tolist() == hidden


PLAIN = '<row r="2"><c r="B2"><v>1</v></c><c r="AA2" t="b"><v>1</v></c></row>'
WIDE = [None, 1, *[None] * 24, True]


@pytest.mark.parametrize(
    ("rows", "fast"),
    [
        (PLAIN, True),
        (PLAIN.replace('r="2"', 'r="2" spans="1:3"').replace("<v>1<", "<v>1.0<", 1), True),
        (PLAIN.replace('"B2"', '"B2" s="9"').replace("1</v></c></row", "true</v></c></row"), True),
        ("<row r='2'><c r='B2'><v>1</v></c><c r='AA2' t='b'><v>1</v></c></row>", False),
        (
            '<row ht="9" r="2"><c s="0" r="B2"><v>1</v></c><c t="b" r="AA2"><v>1</v></c></row>',
            False,
        ),
        ('<row><c r="B2"><v>1</v></c><c r="AA2" t="b"><v>1</v></c></row>', False),
        ('<row r="2"><c r="AA2" t="b"><v>1</v></c><c r="B2"><v>1</v></c></row>', True),
        (PLAIN.replace("</row>", '<c r="B2"><v>1</v></c></row>').replace("<v>1", "<v>7", 1), True),
        (f'<row r="1"/>{PLAIN}<row r="3"><c r="A3"/></row>', True),
        (PLAIN.replace("<v>", "\n <v>").replace("</c>", "\n</c>"), False),
        (PLAIN.replace("</row>", '<c r="AB2" s="1" /><c r="AC2"><f>A1</f><v /></c></row>'), True),
        (f"<!-- a remark -->{PLAIN}", False),
        (PLAIN.replace("<v>1</v>", "<v> 1 </v>"), True),
        (PLAIN.replace("<v>1</v></c><c", "<f>IF(A1&gt;0,1)</f><v>1</v></c><c"), True),
        (PLAIN.replace("<v>1</v></c><c", '<f t="shared" si="0"/><v>1</v></c><c'), True),
    ],
)
def test_rows_as_writers_write_them(read, rows, fast):
    assert by_arrays(sheet(rows)) is fast
    assert read(sheet(rows)) == [(1, WIDE)]


@pytest.mark.parametrize("prefix", ["", "x", "main-1"])
def test_elements_may_have_a_prefix(read, prefix):
    assert by_arrays(sheet(PLAIN, prefix=prefix))
    assert read(sheet(PLAIN, prefix=prefix)) == [(1, WIDE)]


def test_cells_without_references_follow_each_other(read):
    rows = "<row><c><v>1</v></c><c/><c><v>3</v></c></row><row/><row><c><v>4</v></c></row>"

    assert by_arrays(sheet(rows))
    assert read(sheet(rows)) == [(0, [1, None, 3]), (2, [4])]


def test_texts_of_all_kinds(read):
    cells = [
        't="inlineStr"><is><t>in &amp; line</t></is>',
        't="inlineStr"><is><r><t>in</t></r><r><t xml:space="preserve"> runs</t></r></is>',
        't="str"><f>A1</f><v>a &#x4E2D; b</v>',
        't="e"><v>#N/A</v>',
        't="s"><v>1</v>',
        't="s"><v>0</v>',
        't="s"><v>2</v>',
        't="inlineStr"><is><t>   </t></is>',
        't="str"><v></v>',
        't="inlineStr"><is><t xml:space="preserve"> x_x0041_\r\ny </t></is>',
    ]
    row = "".join(f'<c r="{chr(65 + n)}1" {cell}</c>' for n, cell in enumerate(cells))
    strings = (
        "<si><t>first</t></si><si><r><rPr><b/></rPr><t>rich </t></r><r><t>text</t></r>"
        "<rPh sb='0' eb='1'><t>spoken</t></rPh></si><si><t/></si>"
    )

    found = read(sheet(f'<row r="1">{row}</row>'), strings)

    wanted = ["in & line", "in runs", "a 中 b", "#N/A", "rich text", "first", None, None, None]
    assert found == [(0, [*wanted, " xA\ny "])]


def test_numbers_that_are_none_and_dates_by_iso(read):
    cells = ["><v>NaN</v>", "><v>1e999</v>", "><v>-0</v>", "><v>1E5</v>", 't="d"><v>2024-05-06</v>']
    cells += ['t="d"><v>2024-05-06T07:08:09</v>', 't="d"><v>soon</v>', "><v>123456789012345678</v>"]
    row = "".join(f'<c r="{chr(65 + n)}1" {cell}</c>' for n, cell in enumerate(cells))

    [(_, found)] = read(sheet(f'<row r="1">{row}</row>'))

    day = datetime.fromisoformat("2024-05-06")
    moment = day + timedelta(hours=7, minutes=8, seconds=9)
    assert found == ["NaN", "1e999", 0, 100_000, day, moment, "soon", 123456789012345678]


@pytest.mark.parametrize(
    "xml",
    [
        sheet(PLAIN, tail="<!-- written by hand -->\n"),
        sheet(PLAIN).replace("<sheetData>", '<sheetData x="1">'),
        f"\ufeff{sheet(PLAIN)}",
        sheet(PLAIN).encode().replace(b'"1.0"', b'"1.0" encoding="us-ascii"').decode(),
    ],
)
def test_what_stands_around_the_rows(read, xml):
    assert read(xml) == [(1, WIDE)]


@pytest.mark.parametrize("rows", ["<sheetData/>", "<sheetData></sheetData>", "<cols/>"])
def test_a_sheet_without_rows(read, rows):
    assert read(f'<worksheet xmlns="{NS}">{rows}</worksheet>') == []


def test_xml_in_another_encoding(read):
    xml = sheet('<row r="1"><c r="A1" t="str"><v>äöü</v></c></row>')

    latin = xml.replace('"1.0"', '"1.0" encoding="iso-8859-1"').encode("latin-1")
    utf16 = xml.replace('"1.0"', '"1.0" encoding="utf-16"').encode("utf-16")
    assert read(latin) == [(0, ["äöü"])]
    assert read(utf16) == [(0, ["äöü"])]


@pytest.mark.parametrize("size", [64, 300, 1 << 20])
@pytest.mark.parametrize("whole", [300, 1000, 1 << 20])
@pytest.mark.parametrize("numbered", [True, False])
def test_however_a_sheet_is_cut_its_rows_are_the_same(read, monkeypatch, size, whole, numbered):
    number = ' r="{0}"' if numbered else ""
    reference = ' r="A{0}"' if numbered else ""
    row = f"<row{number}><c{reference}><v>{{0}}</v></c></row>"
    xml = sheet("".join(row.format(n) for n in range(1, 200)))
    cut_into(monkeypatch, size, whole)

    assert read(xml) == [(n - 1, [n]) for n in range(1, 200)]
    assert read(xml, start=150) == [(n - 1, [n]) for n in range(151, 200)]


@pytest.mark.parametrize("most_rows", [2, 7, 1000])
@pytest.mark.parametrize("most_text", [10, 100, 1 << 20])
def test_however_many_rows_and_texts_a_batch_may_have(read, monkeypatch, most_rows, most_text):
    row = (
        '<row r="{0}"><c r="A{0}" t="s"><v>{1}</v></c><c r="B{0}"><v>{0}</v></c>'
        '<c r="D{0}" t="inlineStr"><is><r><t>a</t></r><r><t>{0}</t></r></is></c></row>'
    )
    numbers = [n for n in range(2, 90) if n % 5]
    xml = sheet("".join(row.format(n, n % 3) for n in numbers))
    for module in (blocks, reading):
        monkeypatch.setattr(module, "MOST_ROWS", most_rows)
        monkeypatch.setattr(module, "MOST_TEXT", most_text)
    cut_into(monkeypatch, 2000, 1 << 20)

    found = read(xml, "<si><t>one</t></si><si><t>twotwo</t></si><si><t>three</t></si>")
    texts = ("one", "twotwo", "three")
    assert found == [(n - 1, [texts[n % 3], n, None, f"a{n}"]) for n in numbers]


def test_a_block_that_only_a_parser_reads_stands_among_others(read, monkeypatch):
    row = '<row r="{0}"><c r="A{0}"><v>{0}</v></c><c r="C{0}" t="str"><v>t{0}</v></c></row>'
    rows = [row.format(n) for n in range(1, 100)]
    rows[50] = '<row r="51"><!-- no program writes this --><c r="B51" t="b"><v>1</v></c></row>'
    cut_into(monkeypatch, 300, 1 << 20)

    expected = [(n - 1, [n, None, f"t{n}"]) for n in range(1, 100)]
    expected[50] = (50, [None, True])
    assert read(sheet("".join(rows))) == expected


def test_what_a_parser_reads_is_cut_as_well(tmp_path, monkeypatch):
    text = "x" * 50
    rows = [f'<row r="{n}"><c t="s" r="A{n}"><v>{n % 2}</v></c></row>' for n in range(1, 100)]
    for module in (blocks, reading):
        monkeypatch.setattr(module, "MOST_TEXT", 500)
    strings = f'<sst xmlns="{NS}"><si><t>{text}</t></si><si><t>{text}y</t></si></sst>'
    path = tmp_path / "book.xlsx"
    path.write_bytes(workbook(sheet("".join(rows)).encode(), strings=strings.encode()))

    with XlsxWorkbook(path) as book:
        found = [batch for read in book.slices("Data") for batch in read()]
        some = [batch for read in book.slices("Data", start=50) for batch in read()]

    assert [batch.rows for batch in found] == [10] * 9 + [9]
    assert [list(batch.positions) for batch in some] == [
        list(batch.positions) for batch in found[5:]
    ]


def test_a_thread_that_cannot_start_is_no_fault_of_the_file(tmp_path, monkeypatch):
    path = tmp_path / "book.xlsx"
    path.write_bytes(workbook(sheet('<row r="1"><c r="A1"><v>1</v></c></row>').encode()))

    def start(_):
        raise RuntimeError("can't start new thread")

    with XlsxWorkbook(path) as book:
        monkeypatch.setattr("threading.Thread.start", start)
        for read_it in (book.sheets, lambda: list(book.slices("Data"))):
            with pytest.raises(RuntimeError, match="new thread"):
                read_it()


def test_text_that_a_parser_would_pile_up_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(caps, "MOST_SLICE_TEXT_BYTES", 1000)
    rows = "".join(f'<row r="{n}"><c t="s" r="A{n}"><v>0</v></c></row>' for n in range(1, 30))
    path = tmp_path / "book.xlsx"
    strings = f'<sst xmlns="{NS}"><si><t>{"x" * 100}</t></si></sst>'
    path.write_bytes(workbook(sheet(rows).encode(), strings=strings.encode()))

    with XlsxWorkbook(path) as book, pytest.raises(Unrecoverable, match="text in a few rows"):
        list(book.rows("Data"))


def cut_into(patch: pytest.MonkeyPatch, block: int, whole: int) -> None:
    """Let blocks have so many bytes of XML, and a slice of them so many."""
    sizes = {"BLOCK_BYTES": block, "_FEW_BYTES": block, "_SMALL": whole, "_SLICE_BYTES": whole}
    for name, size in sizes.items():
        patch.setattr(f"functions.worker.parse.xlsx.workbook.{name}", size)


@pytest.mark.parametrize(
    ("rows", "strings"),
    [
        ('<row r="1"><c r="A1" t="s"><v>5</v></c></row>', "<si><t>x</t></si>"),
        ('<row r="1"><c r="A1" t="s"><v>x</v></c></row>', "<si><t>x</t></si>"),
        ('<row r="1"><c r="A1" t="str"><v>&nbsp;</v></c></row>', None),
        ('<row r="1"><c r="A1"><v>1</c></row>', None),
    ],
)
def test_what_breaks_the_format_is_told(read, rows, strings):
    with pytest.raises(Unrecoverable, match="damaged"):
        read(sheet(rows), strings)


def test_more_cells_than_can_be_read_are_refused(read, monkeypatch):
    monkeypatch.setattr(caps, "MOST_CELLS", 100)
    xml = sheet("".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 102)))

    with pytest.raises(Unrecoverable, match="million cells in one sheet"):
        read(xml)


def test_a_row_beyond_all_measure_is_refused(read, monkeypatch):
    monkeypatch.setattr(caps, "MOST_ITEM_BYTES", 100_000)
    cut_into(monkeypatch, 1 << 16, 1 << 16)

    with pytest.raises(Unrecoverable, match="single row or text"):
        read(sheet(f'<row r="1"><c r="A1" t="str"><v>{"x" * 3_000_000}</v></c></row>'))
