"""A first look at a sheet's XML: how many rows and cells, and which are merged."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from functions.worker.parse.workbook import Merge

_ROOT = re.compile(rb"<(?:([\w.-]+):)?worksheet[\s>]")
_MERGE = re.compile(rb"""mergeCell\s[^>]*?ref=["']([A-Z]{1,3})([0-9]+):([A-Z]{1,3})([0-9]+)["']""")
_NUMBER = re.compile(rb"""\b[^>]*?\sr=["']([0-9]+)""")
_KEEP = 200
"""Bytes of one chunk that are looked at again with the next: more than any tag looked for."""


class Scan(NamedTuple):
    """What a sheet holds, by its XML."""

    rows: int
    """The number of the last row, or how many there are where they have none."""
    cells: int
    """Cells with a value; 0 where they were not to be counted."""
    merges: tuple[Merge, ...]


def scan_sheet(chunks: Iterable[bytes], *, count: bool = True) -> Scan:
    """Look for the last row and what stands after it; with `count`, go through all cells, too.

    Nothing is parsed: the cost is that of inflating the XML, and with `count` as much again.
    """
    tail, prefix = b"", b""
    rows = cells = 0
    merges: set[Merge] = set()
    for chunk in chunks:
        window = tail + chunk
        prefix = prefix if tail else _prefix(window)
        rows = _rows(window, tail, b"<%srow" % prefix, rows)
        if count:
            cells += _count(window, tail, b"</%sv>" % prefix)
            cells += _count(window, tail, b"</%sis>" % prefix)
        after = max(window.rfind(b"</%srow>" % prefix), 0)  # <rowBreaks> comes after them
        merges.update(_merge(match) for match in _MERGE.finditer(window, after))
        tail = window[-_KEEP:]
    return Scan(rows, cells, tuple(sorted(merges, key=lambda m: (m.top, m.left))))


def column_of(letters: str) -> int:
    """Return the position, from 0, of a column named A, B, … XFD."""
    position = 0
    for letter in letters.upper():
        position = position * 26 + ord(letter) - 64
    return position - 1


def _prefix(head: bytes) -> bytes:
    root = _ROOT.search(head)
    return root[1] + b":" if root and root[1] else b""


def _rows(window: bytes, seen: bytes, tag: bytes, rows: int) -> int:
    last = window.rfind(tag)
    while last >= 0 and window[last + len(tag) : last + len(tag) + 1].isalpha():  # <rowBreaks>
        last = window.rfind(tag, 0, last)
    if last < 0:
        return rows
    numbered = _NUMBER.match(window, last + len(tag))
    if numbered is not None:
        return int(numbered[1])
    if b">" not in window[last:]:  # the tag goes on in the next chunk
        return rows
    return rows + _count(window, seen, tag + b">") + _count(window, seen, tag + b" ")


def _count(window: bytes, seen: bytes, tag: bytes) -> int:
    return window.count(tag) - seen.count(tag)


def _merge(match: re.Match[bytes]) -> Merge:
    left, top, right, bottom = (group.decode() for group in match.groups())
    return Merge(int(top) - 1, column_of(left), int(bottom) - 1, column_of(right))
