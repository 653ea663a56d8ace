"""Tables that were packed before they were sent."""

import gzip
import io
import zipfile

import pytest

from shared.errors import Unrecoverable

CSV = b"name,age\nAnn,31\nBob,29\n"


def zip_of(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_a_gzipped_csv(driver):
    result = driver.parse(gzip.compress(CSV), "x.csv.gz")

    assert (result.source.format, result.total_rows) == ("csv", 2)


def test_a_csv_that_was_gzipped_in_pieces(driver):
    result = driver.parse(gzip.compress(CSV) + gzip.compress(b"Cid,40\n"), "x.csv.gz")

    assert result.total_rows == 3


def test_a_zip_with_one_workbook_and_a_mac_s_leavings(driver, xlsx):
    book = xlsx([["a", "b"], [1, 2]])
    packed = zip_of({"data/x.xlsx": book, "__MACOSX/data/._x.xlsx": b"?", ".DS_Store": b"?"})

    result = driver.parse(packed, "x.zip")

    assert (result.source.format, result.total_rows) == ("xlsx", 1)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (gzip.compress(CSV, mtime=0)[:-12], "damaged or was cut off"),
        (gzip.compress(b"\x89PNG\r\n", mtime=0), "a picture"),
        (zip_of({"a.csv": CSV, "b.csv": CSV}), "it holds 2 files"),
        (zip_of({"a/": b""}), "archive is empty"),
        (zip_of({"a.zip": zip_of({"b.csv": CSV, "c.csv": CSV})}), "zip archive and not a workbook"),
    ],
)
def test_what_cannot_be_unpacked_is_told(driver, content, sentence):
    with pytest.raises(Unrecoverable, match=sentence):
        driver.parse(content)
