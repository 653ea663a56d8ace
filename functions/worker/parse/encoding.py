"""A text file's encoding: by its mark or null bytes, else strict UTF-8, else a judged guess."""

from __future__ import annotations

import codecs
from pathlib import Path
from typing import NamedTuple

import chardet

from shared.content.utf16 import utf16_without_mark
from shared.errors import Unrecoverable

_CHUNK = 1 << 20
_SAMPLE = 1 << 18
_LINE = 1 << 10
_HEAD = 8 << 10
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "ascii": "utf-8"}
"""A guess and the encoding that includes it."""
_SURELY_UTF8 = 16
"""So many well-formed multi-byte characters before the first fault are no accident."""


class Decoded(NamedTuple):
    """An encoding that decodes the whole file, and the line ends counted on the way."""

    encoding: str
    lines: int


class _Scan(NamedTuple):
    """What decoding a file in one encoding has come to."""

    lines: int
    wide: int
    """Characters beyond ASCII."""
    fault: int | None
    """Where the first byte stands that does not fit; None when all fit."""


def find_encoding(path: Path, wanted: str | None = None) -> Decoded:
    """Return an encoding that decodes the file to its last byte, the `wanted` one if there is one.

    Raises Unrecoverable where none does.
    """
    if wanted is not None:
        return _wanted(path, wanted)
    with path.open("rb") as file:
        head = file.read(_HEAD)
    marked = next((name for mark, name in _MARKS if head.startswith(mark)), None)
    first = marked or utf16_without_mark(head) or "utf-8"
    scan = _scan(path, first)
    if scan.fault is None:
        return Decoded(first, scan.lines)
    if first == "utf-8" and scan.wide < _SURELY_UTF8:
        for encoding in _guesses(path, scan.fault):
            other = _scan(path, encoding)
            if other.fault is None:
                return Decoded(encoding, other.lines)
    raise Unrecoverable(
        "The text file is in no encoding that can be recognised, or bytes in it are damaged. "
        "Save it as 'CSV UTF-8' or as .xlsx and upload that file."
    )


def _wanted(path: Path, encoding: str) -> Decoded:
    with path.open("rb") as file:
        marked = file.read(3) == codecs.BOM_UTF8
    found = "utf-8-sig" if marked and encoding == "utf-8" else encoding
    scan = _scan(path, found)
    if scan.fault is not None:
        raise Unrecoverable(
            f"The file is not in {encoding}: byte {scan.fault + 1:,} does not fit. Name another "
            "encoding, or none so that it is found."
        )
    return Decoded(found, scan.lines)


def _guesses(path: Path, fault: int) -> list[str]:
    """Judge from the lines beyond ASCII, from the fault on: a long file may have few of them."""
    with path.open("rb") as file:
        file.seek(max(fault - _LINE, 0))
        lines = file.read(_SAMPLE).split(b"\n")
    telling = b"\n".join(line for line in lines if not line.isascii())
    name = (chardet.detect(telling)["encoding"] or "gb18030").lower()
    return [_WIDER.get(name, name), "gb18030"]


def _scan(path: Path, encoding: str) -> _Scan:
    decoder = codecs.getincrementaldecoder(encoding)()
    lines = wide = consumed = 0
    end = ""
    with path.open("rb") as file:
        while True:
            chunk = file.read(_CHUNK)
            pending = len(decoder.getstate()[0])
            try:
                text = decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                wide += _wide(chunk[: max(error.start - pending, 0)].decode(encoding, "ignore"))
                return _Scan(lines, wide, consumed - pending + error.start)
            if not chunk:
                return _Scan(lines + (end not in ("\n", "\r", "")), wide, None)
            consumed += len(chunk)
            lines += text.count("\n") or text.count("\r")
            wide += _wide(text)
            end = text[-1:] or end


def _wide(text: str) -> int:
    return len(text) - len(text.encode("ascii", "ignore"))
