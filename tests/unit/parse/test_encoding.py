"""The encoding of a text file."""

import pytest

from functions.worker.parse.encoding import find_encoding
from shared.errors import Unrecoverable

CHINESE = "编号,姓名,城市,备注\n1,张三,北京市,数据编辑工具的说明\n2,李四,上海市,第二行的内容\n"
ASCII_LINE = "1,Smith,London,nothing special about this line\n"


@pytest.fixture
def file(tmp_path):
    def write(content: bytes):
        path = tmp_path / "file"
        path.write_bytes(content)
        return path

    return write


@pytest.mark.parametrize(
    ("text", "encoding", "found"),
    [
        ("a,b\n1,2\n", "ascii", "utf-8"),
        (CHINESE, "utf-8", "utf-8"),
        (CHINESE, "utf-8-sig", "utf-8-sig"),
        (CHINESE, "utf-16", "utf-16"),
        (CHINESE, "utf-32", "utf-32"),
        (CHINESE, "gb2312", "gb18030"),
        (CHINESE + "㐂,𠮷,x,y\n", "gb18030", "gb18030"),
        ("Имя,Город\nАнна,Москва\nБорис,Новосибирск\n" * 5, "cp1251", "windows-1251"),
    ],
)
def test_the_encoding_is_found(file, text, encoding, found):
    decoded = find_encoding(file(text.encode(encoding)))

    assert decoded.encoding == found
    assert decoded.lines == text.count("\n")


def test_a_long_file_may_begin_with_ascii_alone(file):
    content = (ASCII_LINE * 60_000).encode() + (CHINESE * 20).encode("gb18030")

    assert find_encoding(file(content)).encoding == "gb18030"


@pytest.mark.parametrize("lines", [1, 40_000])
def test_damaged_utf8_is_not_taken_for_something_else(file, lines):
    content = (CHINESE * lines).encode() + b"\xff\xfe,\x80\n" + CHINESE.encode()

    with pytest.raises(Unrecoverable, match="CSV UTF-8"):
        find_encoding(file(content))


def test_utf8_that_was_cut_in_a_character(file):
    with pytest.raises(Unrecoverable):
        find_encoding(file(CHINESE.rstrip().encode()[:-1]))


def test_a_last_line_without_an_end_counts(file):
    assert find_encoding(file(b"a\nb")).lines == 2
    assert find_encoding(file(b"a\rb\r")).lines == 2
