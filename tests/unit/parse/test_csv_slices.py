"""What whole slices of a text file hold is what its records hold, one by one."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from functions.worker.parse import csv_slices
from functions.worker.parse.batches import rows_of
from functions.worker.parse.csv_slices import Irregular, cut
from functions.worker.parse.text_csv import CsvWorkbook
from shared.clean.options import ParseOptions
from shared.errors import Unrecoverable

FIELDS = st.sampled_from(
    [
        "",
        "a",
        " ",
        "x y",
        "1",
        "é",
        '"q"',
        '"a, b"',
        '"a\nb"',
        '"a ""b"""',
        '"',
        'a"b',
        '""',
        '""a',
        '5"',
    ]
)
LINES = st.lists(st.lists(FIELDS, max_size=3).map(",".join), max_size=8)


@pytest.fixture(autouse=True, scope="module")
def small():
    """Let no file be too small to be cut."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("functions.worker.parse.text_csv.SMALL_BYTES", 0)
        yield


def as_rows(found):
    """Drop what is blank at the end of a row, and rows that are blank."""
    kept = []
    for position, cells in found:
        filled = list(cells)
        while filled and filled[-1] is None:
            filled.pop()
        if filled:
            kept.append((position, filled))
    return kept


def by_rows(book, start=0):
    return as_rows(book.rows("csv", start=start))


def by_slices(book, start=0):
    return as_rows(
        row for read in book.slices("csv", start=start) for b in read() for row in rows_of(b)
    )


def workbook(path, content, **options):
    path.write_bytes(content)
    return CsvWorkbook(path, ParseOptions(**{"delimiter": ",", "quote": '"', **options}))


@given(LINES, st.sampled_from(["\n", "\r\n", "\r"]), st.integers(0, 5), st.integers(3, 40))
@settings(max_examples=600, deadline=None)
def test_slices_hold_what_rows_hold(tmp_path_factory, lines, end, start, size):
    path = tmp_path_factory.getbasetemp() / "slices.csv"
    book = workbook(path, end.join(lines).encode())

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("functions.worker.parse.text_csv.SLICE_BYTES", size)
        try:
            expected = by_rows(book, start)
        except Unrecoverable:
            return
        assert by_slices(book, start) == expected


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_slices_are_the_same_in_every_encoding(tmp_path, encoding):
    text = "".join(f'人{n},"a, {n}",x\n' for n in range(300))
    book = workbook(tmp_path / "x.csv", text.encode(encoding), encoding=encoding)

    assert by_slices(book) == by_rows(book)
    assert len(by_slices(book, start=290)) == 10


def test_what_is_written_by_the_rules_is_read_by_arrow_alone(tmp_path, monkeypatch):
    monkeypatch.setattr(csv_slices, "_columns_of_rows", None)
    monkeypatch.setattr(CsvWorkbook, "rows", None)
    book = workbook(tmp_path / "x.csv", b'a,b\n1,"x\ny"\n"q ""r""",\n' * 50)

    assert len(by_slices(book)) == 150


@pytest.mark.parametrize("content", [b'a,b"c\n', b"a\rb\n", b'"a"b,c\n', b'"a\n'])
def test_what_is_against_the_rules_is_not_cut(tmp_path, content):
    book = workbook(tmp_path / "x.csv", b"x,y\n" + content)

    with pytest.raises(Irregular):
        list(cut(book._pieces(), book._dialect))


def test_without_quotation_marks_none_is_special(tmp_path):
    book = workbook(tmp_path / "x.csv", b'5",6\n"a,b\n', quote="")

    assert by_slices(book) == [(0, ['5"', "6"]), (1, ['"a', "b"])] == by_rows(book)


def test_a_long_field_is_read_and_an_endless_one_is_explained(tmp_path):
    long = b"x" * 200_000
    book = workbook(tmp_path / "x.csv", b'"%b",1\n' % long)
    assert by_slices(book) == [(0, [long.decode(), "1"])]

    book = workbook(tmp_path / "y.csv", b'a,"' + b"x" * 11_000_000)
    with pytest.raises(Unrecoverable, match="near line 1"):
        by_slices(book)
