"""References from all formats, and what is found to be one and the same."""

from __future__ import annotations

import io

import openpyxl
import pytest

from functions.worker.references.duplicates import mark_duplicates
from functions.worker.references.read import read
from shared.errors import Unrecoverable
from shared.screening.reference import Reference

RIS = """TY  - JOUR
TI  - Sleep and songs
AU  - Lark, Ada
AU  - Owl, Bo
AB  - Birds sleep.
PY  - 2020/03/01
JO  - Aviary
DO  - https://doi.org/10.1000/ABC.1
KW  - sleep
ER  -
"""
NBIB = """PMID- 12345678
TI  - Sleep and
      songs
FAU - Lark, Ada
FAU - Owl, Bo
AB  - Birds
      sleep.
DP  - 2020 Mar 1
JT  - Aviary
LID - 10.1000/abc.1 [doi]
OT  - sleep

PMID- 23456789
TI  - Another one.
"""
BIBTEX = """@article{lark2020,
  title = {Sleep and {Songs}},
  author = {Lark, Ada and Owl, Bo},
  abstract = {Birds sleep.},
  year = 2020,
  journal = {Aviary},
  doi = {10.1000/abc.1},
  keywords = {sleep}
}
"""
CSV = "标题,摘要,作者,年份,刊名,DOI\n睡眠与歌声,鸟类睡眠。,甲；乙,2020,鸟学,10.1000/abc.1\n"


@pytest.mark.parametrize("text", [RIS, "\ufeff" + RIS, NBIB, BIBTEX, RIS.replace("\n", "\r\n")])
def test_the_same_reference_is_read_from_each_format(text):
    first = read(text.encode(), {})[0]
    assert first.title.lower() == "sleep and songs"
    assert first.authors == ["Lark, Ada", "Owl, Bo"]
    assert (first.abstract, first.year, first.journal) == ("Birds sleep.", 2020, "Aviary")
    assert (first.doi, first.keywords) == ("10.1000/abc.1", ["sleep"])


def test_a_table_is_read_by_its_headings_or_by_a_mapping():
    (chinese,) = read(CSV.encode("gb18030"), {})
    assert (chinese.title, chinese.abstract) == ("睡眠与歌声", "鸟类睡眠。")
    assert (chinese.authors, chinese.year) == (["甲", "乙"], 2020)
    book = openpyxl.Workbook()
    book.active.append(["Heading", "Text"])
    book.active.append(["Sleep and songs", "Birds sleep."])
    out = io.BytesIO()
    book.save(out)
    (mapped,) = read(out.getvalue(), {"title": "Heading", "abstract": "Text"})
    assert (mapped.title, mapped.abstract) == ("Sleep and songs", "Birds sleep.")


@pytest.mark.parametrize(
    ("data", "mapping", "says"),
    [
        (b"name,age\na,1\n", {}, "which column holds the title"),
        (b"name,year\na,2001\n", {}, "^Say which column holds the title"),
        (b"title\na\n", {"abstract": "nope"}, "no column 'nope'"),
        (b"title\n", {}, "No reference"),
        ("体重 63 公斤,无发热".encode(), {}, "neither RIS, nbib nor BibTeX"),
        (b"onetwo " * 100, {}, "onet …\\. Export"),
    ],
)
def test_what_cannot_be_read_is_said(data, mapping, says):
    with pytest.raises(Unrecoverable, match=says):
        read(data, mapping)


def one(number: int, title: str, **more: object) -> Reference:
    return Reference.model_validate({"number": number, "title": title, **more})


def test_duplicates_are_found_by_doi_pmid_and_nearly_the_same_title():
    title = "Effects of long naps on the songs of larks: a randomised trial"
    found = mark_duplicates(
        [
            one(1, title, doi="10.1000/a", year=2020),
            one(2, "Whatever", doi="10.1000/a"),
            one(3, "Third", pmid="7"),
            one(4, "Third again", pmid="7"),
            one(5, "Effects of long naps on the songs of larks - a randomized trial.", year=2021),
            one(6, f"{title}", year=2012),
        ]
    )
    assert [(each.duplicate_of, each.duplicate_by) for each in found] == [
        (None, None),
        (1, "doi"),
        (None, None),
        (3, "pmid"),
        (1, "title"),
        (None, None),
    ]


def test_what_only_looks_alike_is_kept():
    found = mark_duplicates(
        [
            one(1, "A survey of nests and their keepers, part I", year=2020),
            one(2, "A survey of nests and their keepers, part II", year=2020),
            one(3, "Editorial", year=2020, authors=["A"]),
            one(4, "Editorial", year=2020, authors=["B"]),
            one(5, "A survey of nests in 2019", year=2020),
            one(6, "A survey of nests in 2020", year=2020),
        ]
    )
    assert [each.duplicate_of for each in found] == [None] * 6
