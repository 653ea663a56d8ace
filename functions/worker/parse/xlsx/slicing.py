"""The XML of a sheet, or of the shared texts, cut into slices of whole rows or texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from functions.worker.parse.xlsx.caps import refuse_long_item
from functions.worker.parse.xlsx.damage import Damaged

BLOCK_BYTES = 2 << 20
"""Of XML: a block takes some ten times as much while it is worked on."""

_CODING = re.compile(rb"""<\?xml[^>]*encoding=["']([\w.-]+)""")
_NUMBER = re.compile(rb"""<row\b[^>]*?\sr=["']([0-9]+)""")
_UTF8 = (b"utf-8", b"utf8", b"us-ascii", b"ascii")
_TAIL = 1 << 12
"""In which a file's last tag is found; a remark may follow it."""
_TAG_BYTES = 1 << 14
"""More than a tag takes that is looked for, and what stands before the first of them."""


class Foreign(Exception):
    """The XML is of a kind that is read by a parser and not by whole arrays."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What a file is made of."""

    root: bytes
    container: bytes
    """The element whose children are the items; it may be the root."""
    item: bytes


SHEET = Kind(b"worksheet", b"sheetData", b"row")
STRINGS = Kind(b"sst", b"sst", b"si")


def slices(pieces: Iterable[bytes], kind: Kind, *, size: int = BLOCK_BYTES) -> Iterator[bytes]:
    """Yield the items' XML without any prefix; Foreign comes before the first, Damaged any time."""
    stream = iter(pieces)
    head, prefix = _head(stream, kind)
    inner = _opening(prefix, kind).search(head)
    if inner is None:  # it is closed at once
        yield from ()
        return
    yield from _cut(head[inner.end() :], stream, prefix, kind, size)


def first_row_after(xml: bytes, first: int) -> int:
    """Return the position of the row after this slice; rows without numbers follow each other."""
    numbered = _NUMBER.match(xml, xml.rfind(b"<row"))
    return int(numbered[1]) if numbered is not None else first + xml.count(b"<row")


def _head(stream: Iterator[bytes], kind: Kind) -> tuple[bytes, bytes]:
    """Return all up to the items, and the prefix of the file's elements with its colon."""
    root = re.compile(rb"<(?:([\w.-]+):)?" + kind.root + rb"[\s/>]")
    head, found = b"", None
    for piece in stream:
        seen = max(len(head) - _TAG_BYTES, 0)
        head += piece
        refuse_long_item(len(head))
        found = found or root.search(head, seen)
        if found is None:
            continue
        prefix = found[1] + b":" if found[1] else b""
        if any(tag.search(head, seen) for tag in (_opening(prefix, kind), _closed(prefix, kind))):
            _refuse_foreign(head[:_TAG_BYTES])
            return head, prefix
    _refuse_foreign(head[:_TAG_BYTES])
    if found is None or b"</%s" % found[0][1:].rstrip(b"/> \t\r\n") not in head[-_TAIL:]:
        raise Damaged("The file ends before its contents.")
    return b"", b""  # and has none


def _opening(prefix: bytes, kind: Kind) -> re.Pattern[bytes]:
    return re.compile(rb"<" + re.escape(prefix) + kind.container + rb"(?:\s(?:[^>]*[^>/])?)?>")


def _closed(prefix: bytes, kind: Kind) -> re.Pattern[bytes]:
    return re.compile(rb"<" + re.escape(prefix) + kind.container + rb"(?:\s[^>]*)?/>")


def _refuse_foreign(head: bytes) -> None:
    coding = _CODING.search(head)
    utf8 = coding is None or coding[1].lower() in _UTF8
    marked = head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in head[:200]
    if not utf8 or marked or b"<!DOCTYPE" in head:
        raise Foreign


def _cut(
    rest: bytes, stream: Iterator[bytes], prefix: bytes, kind: Kind, size: int
) -> Iterator[bytes]:
    end_of_all, end_of_item = (b"</%s%s" % (prefix, name) for name in (kind.container, kind.item))
    parts, length = [rest], len(rest)
    for piece in stream:
        parts.append(piece)
        length += len(piece)
        if length < size:
            continue
        whole = b"".join(parts)
        last = whole.rfind(end_of_item)
        if whole.find(end_of_all, max(last, 0)) >= 0:
            parts = [whole]
            break
        cut = whole.find(b">", last) + 1 if last >= 0 else 0
        if cut:
            yield _without(prefix, whole[:cut])
        parts, length = [whole[cut:]], len(whole) - cut
        refuse_long_item(length)
    yield from _last(b"".join(parts), stream, prefix, kind)


def _last(whole: bytes, stream: Iterator[bytes], prefix: bytes, kind: Kind) -> Iterator[bytes]:
    """Yield what is left of the items, and see that the file has an end."""
    end = whole.find(b"</%s%s" % (prefix, kind.container))
    if end < 0:
        raise Damaged("The file ends in the middle of its contents.")
    if whole.find(b"<", 0, end) >= 0:
        yield _without(prefix, whole[:end])
    tail = whole[end:]
    for piece in stream:
        tail = tail[-_TAIL:] + piece
    if b"</%s%s" % (prefix, kind.root) not in tail:
        raise Damaged("The file's end is missing.")


def _without(prefix: bytes, xml: bytes) -> bytes:
    if not prefix:
        return xml
    return xml.replace(b"<" + prefix, b"<").replace(b"</" + prefix, b"</")
