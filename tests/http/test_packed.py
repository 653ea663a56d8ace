"""Tables that were packed, or written in UTF-16 without a mark, from upload to preview."""

from __future__ import annotations

import gzip

import pytest

from tests.http.files import archive, people
from tests.http.task import sentence

TABLE = "城市,count\r\n北京,1\r\nBonn,2\r\n"


FILES = {
    "csv.gz": gzip.compress(TABLE.encode()),
    "zip": archive(**{"data/": b"", "data/城市.csv": TABLE.encode(), "__MACOSX/data/._x": b"\x00"}),
    "utf-16-le": TABLE.encode("utf-16-le"),
    "utf-16-be": TABLE.encode("utf-16-be"),
    "utf-16": TABLE.encode("utf-16"),
}


@pytest.mark.parametrize("kind", FILES)
def test_the_table_is_found(upload, kind):
    task = upload(FILES[kind], f"data.{kind}")

    ended = task.wait()
    assert ended["status"] == "ready", ended["error"]
    assert task.data("/preview")["rows"] == [["北京", 1], ["Bonn", 2]]


def test_a_workbook_in_an_archive_is_read(upload):
    task = upload(archive(**{"people.xlsx": people(12)}), "people.zip")

    assert task.wait()["record"]["totalRows"] == 12


REFUSED = {
    "two files": (archive(**{"a.csv": b"a\n1", "b.csv": b"b\n1"}), "zip archive with 2 files", 415),
    "none": (archive(**{"a/": b""}), "zip archive with 0 files", 415),
    "a picture": (gzip.compress(b"\x89PNG\r\n\x1a\n"), "This is a picture", 415),
    "damaged": (b"\x1f\x8b\x08" + b"\xff" * 40, "gzip archive is damaged", 422),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_holds_no_table_is_refused_at_once(client, kind):
    content, says, status = REFUSED[kind]

    answer = client.post("/api/v1/sheets/tasks", files={"file": ("data.zip", content)})

    assert says in sentence(answer, status)
