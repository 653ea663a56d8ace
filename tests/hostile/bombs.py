"""Files that are small and do harm: by cells, by texts, by references, by XML, by what they claim.

Packed bytes are repeated instead of packing gigabytes: a deflate stream that has been flushed in
full can be followed by itself.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping

import openpyxl
from isal.isal_zlib import crc32

GIB = 1 << 30

_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override '
    'PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'spreadsheetml.sheet.main+xml"/></Types>'
)
_DOCUMENTS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    "{}</Relationships>"
)
_RELATION = f'<Relationship Id="{{0}}" Type="{_DOCUMENTS}/{{1}}" Target="{{2}}"/>'
_WORKBOOK = (
    f'<workbook xmlns="{_MAIN}" xmlns:r="{_DOCUMENTS}"><sheets>'
    '<sheet name="Data" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
_SHEET = f'<worksheet xmlns="{_MAIN}"><sheetData>', "</sheetData></worksheet>"
_STRINGS = f'<sst xmlns="{_MAIN}">', "</sst>"
_HEADER = '<row><c t="inlineStr"><is><t>a</t></is></c><c t="inlineStr"><is><t>b</t></is></c></row>'
_ONE_ROW = f"{_SHEET[0]}{_HEADER}<row><c><v>1</v></c><c><v>2</v></c></row>{_SHEET[1]}"

Member = bytes | tuple[bytes, bytes, int, bytes]
"""Bytes, or what comes first, what is repeated, how often, and what comes last."""


def far_cell() -> bytes:
    """Two cells, as far from each other as can be."""
    book = openpyxl.Workbook()
    book.active["A1"], book.active["XFD1048576"] = "x", 5
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def many_cells() -> bytes:
    """134 million cells."""
    row = b"<row>" + b"<c><v>1</v></c>" * 16_384 + b"</row>"
    return workbook(_repeated(row, 8_192))


def empty_rows() -> bytes:
    """A hundred million rows without a cell."""
    return workbook(_repeated(b"<row/>" * 10_000, 10_000))


def one_text_in_a_cell() -> bytes:
    """One text of 2 GiB."""
    start = f'{_HEADER}<row><c t="inlineStr"><is><t>'
    return workbook(
        _repeated(b"x" * 65_536, 2 * GIB >> 16, before=start, after="</t></is></c></row>")
    )


def one_shared_text() -> bytes:
    """One shared text of 2 GiB."""
    text = (f"{_STRINGS[0]}<si><t>".encode(), b"x" * 65_536, 2 * GIB >> 16, b"</t></si></sst>")
    return workbook(_ONE_ROW.encode(), strings=text)


def shared_texts() -> bytes:
    """2 GiB of shared texts."""
    text = b"<si><t>" + b"y" * 32_000 + b"</t></si>"
    strings = (_STRINGS[0].encode(), text, 2 * GIB // len(text), _STRINGS[1].encode())
    return workbook(_ONE_ROW.encode(), strings=strings)


def shared_texts_that_pack_badly() -> bytes:
    """Half a GiB of shared texts, packed no better than texts are."""
    chance = [zlib.crc32(n.to_bytes(4, "little")).to_bytes(4, "little").hex() for n in range(4_000)]
    text = f"<si><t>{''.join(chance)}</t></si>".encode()
    strings = (_STRINGS[0].encode(), text, (GIB >> 1) // len(text), _STRINGS[1].encode())
    return workbook(_ONE_ROW.encode(), strings=strings)


def references() -> bytes:
    """Four million cells that refer to one text of 32k characters."""
    row = b"<row>" + b'<c t="s"><v>0</v></c>' * 40 + b"</row>"
    strings = f"{_STRINGS[0]}<si><t>{'z' * 32_000}</t></si>{_STRINGS[1]}".encode()
    return workbook(_repeated(row, 100_000), strings=strings)


def long_tag() -> bytes:
    """A tag of 300 MB."""
    start = f'{_HEADER}<row><c r="A2" s="'
    return workbook(_repeated(b"1" * 65_536, 300_000_000 >> 16, before=start, after='"/></row>'))


def long_name() -> bytes:
    """A list of sheets in which a name has 300 MB."""
    start, end = _WORKBOOK.split("Data")
    book = (start.encode(), b"n" * 65_536, 300_000_000 >> 16, end.encode())
    return workbook(_ONE_ROW.encode(), book=book)


def endless_head() -> bytes:
    """Column widths without end before the first row."""
    head = f'<worksheet xmlns="{_MAIN}"><cols>'.encode()
    columns = b'<col min="1" max="2" width="9"/>' * 2_000
    return workbook((head, columns, 4_000, b"</cols><sheetData/></worksheet>"))


def entities() -> bytes:
    """A billion laughs."""
    nested = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    sheet = _SHEET[0] + "<row><c t='str'><v>&l9;</v></c></row>" + _SHEET[1]
    return workbook(f'<!DOCTYPE x [<!ENTITY l0 "ha">{nested}]>{sheet}'.encode())


def many_entries() -> bytes:
    """An archive of 60,000 files."""
    out = io.BytesIO(workbook(_ONE_ROW.encode()))
    with zipfile.ZipFile(out, "a") as archive:
        for number in range(60_000):
            archive.writestr(f"xl/media/{number}", b"")
    return out.getvalue()


def content_types() -> bytes:
    """The first file that anybody looks at, grown to 1 GiB."""
    types = (_TYPES[:-8].encode(), b"<!-- -->" * 8_192, GIB >> 16, b"</Types>")
    return archive_of({"[Content_Types].xml": types})


def spreading_ods() -> bytes:
    """A cell that repeats itself 16,384 times in a row that repeats itself a million times."""
    cell = '<table:table-cell table:number-columns-repeated="16384" office:value-type="float"'
    row = f'<table:table-row table:number-rows-repeated="1048576">{cell} office:value="1"/>'
    return ods(f"{row}</table:table-row>")


def far_ods() -> bytes:
    """Two cells, as far from each other as can be."""
    one = '<table:table-cell office:value-type="float" office:value="1"/>'
    gap = '<table:table-cell table:number-columns-repeated="16383"/>'
    rows = '<table:table-row table:number-rows-repeated="1048574"><table:table-cell/>'
    return ods(
        f"<table:table-row>{one}</table:table-row>{rows}</table:table-row>"
        f"<table:table-row>{gap}{one}</table:table-row>"
    )


def gzipped_nothing() -> bytes:
    """Zeros, 1 GiB of them, packed into 1 MB."""
    engine = zlib.compressobj(9, zlib.DEFLATED, 31)
    start = engine.compress(b"a,b\n") + engine.flush(zlib.Z_FULL_FLUSH)
    block = engine.compress(b"0" * (1 << 20)) + engine.flush(zlib.Z_FULL_FLUSH)
    return start + block * 1024


def zip_in_zip() -> bytes:
    """A packed table that grows to 2 GiB."""
    return archive_of({"x.csv": (b"a,b\n", b"1,2\n" * 16_384, 2 * GIB >> 16, b"")})


def workbook(sheet: Member, *, strings: Member | None = None, book: Member | None = None) -> bytes:
    """Return a workbook of one sheet."""
    relations = _RELATION.format("rId1", "worksheet", "worksheets/sheet1.xml")
    files: dict[str, Member] = {
        "[Content_Types].xml": _TYPES.encode(),
        "_rels/.rels": _RELATIONS.format(
            _RELATION.format("rId1", "officeDocument", "xl/workbook.xml")
        ).encode(),
        "xl/workbook.xml": book or _WORKBOOK.encode(),
        "xl/worksheets/sheet1.xml": sheet,
    }
    if strings is not None:
        relations += _RELATION.format("rId2", "sharedStrings", "sharedStrings.xml")
        files["xl/sharedStrings.xml"] = strings
    files["xl/_rels/workbook.xml.rels"] = _RELATIONS.format(relations).encode()
    return archive_of(files)


def ods(rows: str) -> bytes:
    """Return an OpenDocument workbook of one sheet."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="Data">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return archive_of(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": b"<manifest/>",
            "content.xml": content.encode(),
        }
    )


def archive_of(files: Mapping[str, Member]) -> bytes:
    """Return a zip archive; what is repeated is packed once."""
    body, listing = io.BytesIO(), b""
    for name, member in files.items():
        packed, size, checksum = _packed(member)
        method = zipfile.ZIP_DEFLATED
        common = struct.pack(
            "<HHHHHIIIHH", 20, 0, method, 0, 0, checksum, len(packed), size, len(name), 0
        )
        listing += b"PK\x01\x02" + struct.pack("<H", 20) + common
        listing += struct.pack("<HHHII", 0, 0, 0, 0, body.tell()) + name.encode()
        body.write(b"PK\x03\x04" + common + name.encode() + packed)
    end = struct.pack("<HHHHIIH", 0, 0, len(files), len(files), len(listing), body.tell(), 0)
    return body.getvalue() + listing + b"PK\x05\x06" + end


def _repeated(what: bytes, times: int, *, before: str = _HEADER, after: str = "") -> Member:
    return (f"{_SHEET[0]}{before}".encode(), what, times, f"{after}{_SHEET[1]}".encode())


def _packed(member: Member) -> tuple[bytes, int, int]:
    engine = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    if isinstance(member, bytes):
        return engine.compress(member) + engine.flush(), len(member), crc32(member)
    first, repeated, times, last = member
    start = engine.compress(first) + engine.flush(zlib.Z_FULL_FLUSH)
    block = engine.compress(repeated) + engine.flush(zlib.Z_FULL_FLUSH)
    end = engine.compress(last) + engine.flush()
    checksum = crc32(first)
    for _ in range(times):
        checksum = crc32(repeated, checksum)
    size = len(first) + len(repeated) * times + len(last)
    return start + block * times + end, size, crc32(last, checksum)


def wide_text() -> bytes:
    """Two million cells in a text file of 5,000 columns."""
    row = ",".join(map(str, range(5_000))).encode()
    return b"\n".join([b",".join(b"c%d" % n for n in range(5_000)), *[row] * 400])


TOO_LARGE = "more than can be read. Split it into several files"
DAMAGED = "damaged"
BOMBS: Mapping[Callable[[], bytes], str] = {
    far_cell: "",
    many_cells: TOO_LARGE,
    empty_rows: TOO_LARGE,
    one_text_in_a_cell: TOO_LARGE,
    one_shared_text: TOO_LARGE,
    shared_texts: TOO_LARGE,
    shared_texts_that_pack_badly: TOO_LARGE,
    references: TOO_LARGE,
    long_tag: TOO_LARGE,
    long_name: TOO_LARGE,
    endless_head: TOO_LARGE,
    entities: DAMAGED,
    many_entries: TOO_LARGE,
    content_types: DAMAGED,
    spreading_ods: TOO_LARGE,
    far_ods: "",
    gzipped_nothing: TOO_LARGE,
    zip_in_zip: TOO_LARGE,
    wide_text: "",
}
"""Each with what its answer says; nothing for those that are read as they are."""
