"""Each bad file gets a sentence of its own that says what to do."""

import io
import zipfile

import pytest

from shared.errors import Unrecoverable


def zip_of(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty"),
        (b"%PDF-1.7\n...", "a PDF document"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"\x1f\x8b\x08", "damaged or was cut off"),
        (b"7z\xbc\xaf\x27\x1c", "a packed archive"),
        (b"PAR1xx", "a Parquet file"),
        (b"<html><table>", "web page"),
        (b'<?xml version="1.0"?><Workbook>', "web page or XML"),
        (b"\x00\x01\x02\x03" * 50, "neither a workbook nor text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "an old Office document"),
        (zip_of(a=b"1", b=b"2"), "zip archive and not a workbook: it holds 2 files"),
        (zip_of(**{"[Content_Types].xml": b"...wordprocessingml..."}), "a Word document"),
        (zip_of(**{"[Content_Types].xml": b"spreadsheetml.sheet.main"}), "damaged"),
        (b"\n\n\n", "no rows with a value"),
        (b" , ,\n , ,\n", "no rows with a value"),
        (b"a,b\n", "a header in row 1 but no data rows below"),
        ("姓名,城市\n".encode() * 9 + b"\xff\xfe\xff\n", "in no encoding that can be recognised"),
        (b'a,b\n1,"' + b"x" * 11_000_000, "quotation mark is never closed"),
    ],
)
def test_a_file_that_is_no_table(driver, content, sentence):
    with pytest.raises(Unrecoverable, match=sentence):
        driver.parse(content)


@pytest.mark.parametrize("name", ["locked.xlsx", "locked.ods"])
def test_a_workbook_with_a_password(driver, files, name):
    with pytest.raises(Unrecoverable, match=r"protected with a password\. Remove the password"):
        driver.parse((files / name).read_bytes())


def test_a_workbook_that_was_cut_off(driver, xlsx):
    content = xlsx([["a", "b"], *[[n, n] for n in range(500)]])

    with pytest.raises(Unrecoverable, match="cut off on its way"):
        driver.parse(content[: len(content) // 2])


@pytest.mark.parametrize("name", ["measures.xls", "measures.ods", "measures.xlsb"])
def test_a_workbook_with_damaged_bytes(driver, files, name):
    content = bytearray((files / name).read_bytes())
    middle = slice(len(content) // 10, len(content) // 2)
    content[middle] = b"\x55" * len(content[middle])

    with pytest.raises(Unrecoverable, match=r"damaged|no cell|no rows|old Office"):
        driver.parse(bytes(content))


def test_a_sheet_whose_xml_is_damaged(driver, xlsx):
    source, out = io.BytesIO(xlsx([["a", "b"], [1, 2]])), io.BytesIO()
    with zipfile.ZipFile(source) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            data = before.read(name)
            after.writestr(name, data[:-40] if "sheet1" in name else data)

    with pytest.raises(Unrecoverable, match="The workbook is damaged"):
        driver.parse(out.getvalue())


def test_a_workbook_without_a_value(driver, xlsx):
    with pytest.raises(Unrecoverable, match="no rows with a value"):
        driver.parse(xlsx([]))


def test_a_sheet_of_a_title_and_a_header(driver, xlsx):
    content = xlsx([["Report"], [], ["name", "age"]])

    with pytest.raises(Unrecoverable, match="'Sheet' has a header in row 3 but no data rows"):
        driver.parse(content)
