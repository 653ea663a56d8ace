"""A first look at a sheet's XML: how many rows and cells, and which are merged."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from functions.worker.parse.workbook import Merge

_ROOT = re.compile(rb"<(?:(\w+):)?worksheet[\s>]")
_MERGE = re.compile(rb"""mergeCell\s[^>]*?ref=["']([A-Z]{1,3})([0-9]+):([A-Z]{1,3})([0-9]+)["']""")
_KEEP = 200
"""Bytes of one chunk that are looked at again with the next: more than any tag counted here."""


class Scan(NamedTuple):
    """What a sheet holds, by its XML."""

    rows: int
    cells: int
    merges: tuple[Merge, ...]


def scan_sheet(chunks: Iterable[bytes]) -> Scan:
    """Count without parsing: the cost is that of inflating the XML."""
    tail, row_tags, cell_tags = b"", _tags(b"", "row"), _tags(b"", "cell")
    rows = cells = 0
    merges: set[Merge] = set()
    first = True
    for chunk in chunks:
        if first:
            row_tags, cell_tags, first = _tags(chunk, "row"), _tags(chunk, "cell"), False
        window = tail + chunk
        rows += _count(window, tail, row_tags)
        cells += _count(window, tail, cell_tags)
        if b"mergeCell" in window:
            merges.update(_merge(match) for match in _MERGE.finditer(window))
        tail = window[-_KEEP:]
    return Scan(rows, cells, tuple(sorted(merges, key=lambda m: (m.top, m.left))))


def column_of(letters: str) -> int:
    """Return the position, from 0, of a column named A, B, … XFD."""
    position = 0
    for letter in letters:
        position = position * 26 + ord(letter) - 64
    return position - 1


def _tags(head: bytes, what: str) -> tuple[bytes, ...]:
    root = _ROOT.search(head)
    prefix = root[1] + b":" if root and root[1] else b""
    if what == "row":
        return (b"<%srow " % prefix, b"<%srow>" % prefix)
    return (b"</%sv>" % prefix, b"</%sis>" % prefix)


def _count(window: bytes, seen: bytes, tags: tuple[bytes, ...]) -> int:
    return sum(window.count(tag) - seen.count(tag) for tag in tags)


def _merge(match: re.Match[bytes]) -> Merge:
    left, top, right, bottom = (group.decode() for group in match.groups())
    return Merge(int(top) - 1, column_of(left), int(bottom) - 1, column_of(right))
