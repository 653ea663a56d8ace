"""References from the rows of a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from functions.worker.references.text import digits_of, doi_of, tidy, year_of
from shared.errors import Unrecoverable
from shared.screening.reference import Reference

_KNOWN = {
    "title": ("title", "article title", "document title", "ti", "题名", "标题", "篇名"),
    "abstract": ("abstract", "ab", "summary", "摘要"),
    "authors": ("authors", "author", "author full names", "au", "作者"),
    "year": ("year", "publication year", "py", "date", "年", "年份", "发表年份"),
    "journal": ("journal", "source title", "journal/book", "source", "刊名", "期刊", "来源"),
    "doi": ("doi",),
    "pmid": ("pmid", "pubmed id"),
    "keywords": ("keywords", "author keywords", "关键词"),
    "url": ("url", "link", "链接"),
}
"""What columns are called where nobody says which is which."""
_LISTS = str.maketrans({"；": ";", "，": ";", "|": ";"})
_SNIFFED = 64 * 1024
_SHOWN = 200
"""Characters of a first row that may be no row of names."""


def read_csv(text: str, mapping: Mapping[str, str]) -> list[Reference]:
    """Return the references of a table in text; the first row names the columns."""
    csv.field_size_limit(1 << 24)
    try:
        dialect: type[csv.Dialect] = csv.Sniffer().sniff(text[:_SNIFFED], delimiters=";,\t|")
        dialect.doublequote = True
    except csv.Error:
        dialect = csv.excel
    return _references(csv.reader(io.StringIO(text.lstrip("\ufeff")), dialect), mapping)


def read_workbook(data: bytes, mapping: Mapping[str, str]) -> list[Reference]:
    """Return the references of a workbook's first sheet."""
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415

    try:
        rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    except (CalamineError, OSError) as error:
        raise Unrecoverable(f"The workbook cannot be read: {error}.") from error
    return _references(rows, mapping)


def _references(rows: Iterable[Sequence[object]], mapping: Mapping[str, str]) -> list[Reference]:
    lines = iter(rows)
    header = [tidy(cell) for cell in next(lines, [])]
    places = _places(header, mapping)
    return [
        _reference({field: row[at] for field, at in places.items() if at < len(row)})
        for row in lines
        if any(str(cell).strip() for cell in row)
    ]


def _places(header: Sequence[str], mapping: Mapping[str, str]) -> dict[str, int]:
    """Return where each field is; raises Unrecoverable, which says what columns there are."""
    listed = ", ".join(header)
    if absent := [name for name in mapping.values() if name not in header]:
        raise Unrecoverable(f"The table has no column {absent[0]!r}. Its columns are: {listed}.")
    places = {field: header.index(name) for field, name in mapping.items()}
    names = [name.casefold() for name in header]
    for field, known in _KNOWN.items():
        if field not in places:
            at = next((names.index(name) for name in known if name in names), None)
            if at is not None:
                places[field] = at
    if not places:
        raise Unrecoverable(
            "This is neither RIS, nbib nor BibTeX, nor a table with columns that are known, such "
            f"as Title or 题名. Its first row is: {_short(listed)}. Export the references as RIS, "
            "or say which column holds the title if it is a table."
        )
    if "title" not in places:
        raise Unrecoverable(f"Say which column holds the title. The columns are: {listed}.")
    return places


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]} …"


def _reference(cells: Mapping[str, object]) -> Reference:
    def several(name: str, *, commas: bool) -> list[str]:
        text = str(cells.get(name) or "").translate(_LISTS)
        parts = (text.replace(",", ";") if commas and ";" not in text else text).split(";")
        return [tidy(part) for part in parts if part.strip()]

    return Reference(
        number=0,
        title=tidy(cells.get("title")),
        abstract=tidy(cells.get("abstract")),
        authors=several("authors", commas=False),
        year=year_of(cells.get("year")),
        journal=tidy(cells.get("journal")),
        doi=doi_of(cells.get("doi")),
        pmid=digits_of(cells.get("pmid")),
        keywords=several("keywords", commas=True),
        url=tidy(cells.get("url")),
    )
