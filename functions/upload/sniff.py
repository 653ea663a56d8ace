"""Tell from its first and last bytes whether a file can be a spreadsheet, while it streams by."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import IO

from shared.content.packed import is_junk
from shared.content.signatures import FOREIGN, GZIP, OLE2, ZIP, ZIP_END, ZIP_ENTRY
from shared.content.utf16 import utf16_without_mark
from shared.errors import Unprocessable, UnsupportedType

_HEAD_BYTES = 8 * 1024
_TAIL_BYTES = 128 * 1024
"""Holds the directory of a zip with a thousand entries or more."""

_GZIP_WINDOW = 16 + zlib.MAX_WBITS
_WORKBOOKS = (b"xl/workbook.xml", b"xl/workbook.bin", b"content.xml")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_NOT_CONTROLS = bytes({*range(0x20, 0x100), *b"\t\n\r\f\x1a\x1b"})
"""What the text of a table may hold, whatever its encoding."""

_FOREIGN = {**FOREIGN, b"<!DOCTYPE html": "a web page", b"<html": "a web page"}
_FOREIGN_ZIPS = {b"word/document.xml": "a Word document", b"ppt/slides": "a presentation"}

_ADVICE = "Send a spreadsheet: .xlsx, .xlsm, .xls, .xlsb, .ods or .csv."
_PARCEL = "Send a spreadsheet, .xlsx or .csv, or an archive with one in it."


class Sniffer:
    """Feed it a file's bytes in order; it keeps the first and the last of them."""

    def __init__(self) -> None:
        self._head = b""
        self._tail = b""
        self._size = 0

    def feed(self, chunk: bytes) -> None:
        """Look at the next bytes."""
        self._size += len(chunk)
        if len(self._head) < _HEAD_BYTES:
            self._head += chunk[: _HEAD_BYTES - len(self._head)]
        self._tail = (self._tail + chunk)[-_TAIL_BYTES:]

    def read(self, stream: IO[bytes], size: int) -> None:
        """Look at a seekable file of `size` bytes, reading no more of it than needed."""
        self.feed(stream.read(_HEAD_BYTES))
        stream.seek(max(self._size, size - _TAIL_BYTES))
        while chunk := stream.read(_TAIL_BYTES):
            self.feed(chunk)

    def check(self) -> None:
        """Raise UnsupportedType or Unprocessable, with what to do, unless it can be read.

        Some faults show only when all of the file is read; those end in the job's error.
        """
        if not self._size:
            raise Unprocessable("The file is empty. Check that it was saved, and send it again.")
        if self._head.startswith(ZIP):
            self._check_zip()
        elif self._head.startswith(GZIP):
            _check_text(_gunzipped(self._head))
        elif not self._head.startswith(OLE2):
            _check_text(self._head)

    def _check_zip(self) -> None:
        directory = self._tail.rfind(ZIP_END)
        if directory < 0:
            raise Unprocessable(
                "The file is cut off: its end is missing. Save or download it again, and send it "
                "whole."
            )
        for marker, what in _FOREIGN_ZIPS.items():
            if marker in self._tail:
                raise UnsupportedType(f"This is {what}, whatever its name says. {_ADVICE}")
        if not any(marker in self._tail for marker in _WORKBOOKS) and self._sees_all(directory):
            self._check_parcel(directory)

    def _check_parcel(self, directory: int) -> None:
        """A zip archive that is no workbook may hold one table."""
        files = [name for name in self._names(directory) if not is_junk(name)]
        if len(files) != 1:
            raise UnsupportedType(
                f"This is a zip archive with {len(files)} files and without a workbook in it. "
                f"{_PARCEL}"
            )

    def _names(self, directory: int) -> Iterator[str]:
        length = int.from_bytes(self._tail[directory + 12 : directory + 16], "little")
        at = directory - length
        while self._tail.startswith(ZIP_ENTRY, at):
            sizes = [self._tail[at + place : at + place + 2] for place in (28, 30, 32)]
            name, extra, comment = (int.from_bytes(size, "little") for size in sizes)
            yield self._tail[at + 46 : at + 46 + name].decode(errors="replace")
            at += 46 + name + extra + comment

    def _sees_all(self, directory: int) -> bool:
        length = int.from_bytes(self._tail[directory + 12 : directory + 16], "little")
        return length <= directory


def _gunzipped(head: bytes) -> bytes:
    try:
        return zlib.decompressobj(_GZIP_WINDOW).decompress(head, _HEAD_BYTES)
    except zlib.error as error:
        raise Unprocessable(
            "The gzip archive is damaged. Save or download it again, and send it whole."
        ) from error


def _check_text(head: bytes) -> None:
    for magic, what in _FOREIGN.items():
        if head.startswith(magic):
            raise UnsupportedType(f"This is {what}, whatever its name says. {_ADVICE}")
    if head.startswith(_UTF16) or utf16_without_mark(head):
        return
    if head.translate(None, delete=_NOT_CONTROLS):
        raise UnsupportedType(f"This is neither a workbook nor a text table. {_ADVICE}")
