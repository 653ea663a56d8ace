"""The encoding of a text file: its byte order mark, else strict UTF-8, else a judged guess."""

from __future__ import annotations

import codecs
from pathlib import Path
from typing import NamedTuple

import chardet

from shared.errors import Unrecoverable

_CHUNK = 1 << 20
_SAMPLE = 1 << 20
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


def find_encoding(path: Path) -> Decoded:
    """Return an encoding that decodes the file to its last byte; raises Unrecoverable."""
    with path.open("rb") as file:
        sample = file.read(_SAMPLE)
    marked = next((name for mark, name in _MARKS if sample.startswith(mark)), None)
    tried = [marked] if marked else ["utf-8", *_guesses(sample)]
    for encoding in tried:
        lines = _lines_if_decodable(path, encoding)
        if lines is not None:
            return Decoded(encoding, lines)
    raise Unrecoverable(
        "The text file is in no encoding that can be recognised, or bytes in it are damaged. "
        "Save it as 'CSV UTF-8' or as .xlsx and upload that file."
    )


def _guesses(sample: bytes) -> list[str]:
    if _is_damaged_utf8(sample):
        return []
    name = (chardet.detect(sample)["encoding"] or "gb18030").lower()
    return [_WIDER.get(name, name), "gb18030"]


def _is_damaged_utf8(sample: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError as error:
        before = sample[: error.start].decode("utf-8")
        return sum(not character.isascii() for character in before) >= _SURELY_UTF8
    return True  # the fault comes after the sample


def _lines_if_decodable(path: Path, encoding: str) -> int | None:
    try:
        decoder = codecs.getincrementaldecoder(encoding)()
        lines, end = 0, ""
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                text = decoder.decode(chunk)
                lines += text.count("\n") or text.count("\r")
                end = text[-1:] or end
            decoder.decode(b"", final=True)
    except (UnicodeDecodeError, LookupError):
        return None
    return lines + (end not in ("\n", "\r", ""))
