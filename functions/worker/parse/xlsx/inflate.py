"""The files inside a zip archive, inflated piece by piece."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from isal import isal_zlib

from functions.worker.parse.xlsx.damage import Damaged

PIECE = 1 << 20
"""Bytes of one piece at the most: however well it was packed, no more is in memory."""
_READ = 1 << 17
_HEADER = 30


def inflate(archive: ZipFile, member: ZipInfo) -> Iterator[bytes]:
    """Yield what a member holds; raises Damaged where it is cut off or its checksum is wrong."""
    if member.compress_type == ZIP_STORED or member.flag_bits & 1:
        yield from _by_library(archive, member)
    elif member.compress_type == ZIP_DEFLATED:
        yield from _inflated(archive, member)
    else:
        yield from _by_library(archive, member)


def _by_library(archive: ZipFile, member: ZipInfo) -> Iterator[bytes]:
    with archive.open(member) as file:
        while piece := file.read(PIECE):
            yield piece


def _inflated(archive: ZipFile, member: ZipInfo) -> Iterator[bytes]:
    assert archive.fp is not None  # noqa: S101 - it is open
    packed = _packed(archive.fp, member)
    engine = isal_zlib.decompressobj(-isal_zlib.MAX_WBITS)
    checksum = 0
    while not engine.eof:
        fed = engine.unconsumed_tail or next(packed, b"")
        piece = engine.decompress(fed, PIECE)
        if not piece and not fed:
            raise Damaged(f"{member.filename} is cut off.")
        checksum = isal_zlib.crc32(piece, checksum)
        yield piece
    if checksum != member.CRC:
        raise Damaged(f"The checksum of {member.filename} is wrong.")


def _packed(file: IO[bytes], member: ZipInfo) -> Iterator[bytes]:
    """Yield the packed bytes; the position is kept here, so that several may read in turns."""
    file.seek(member.header_offset)
    header = file.read(_HEADER)
    if not header.startswith(b"PK\x03\x04"):
        raise Damaged(f"{member.filename} is not where the archive says.")
    names = int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
    position, end = member.header_offset + _HEADER + names, member.compress_size
    end += position
    while position < end:
        file.seek(position)
        piece = file.read(min(_READ, end - position))
        if not piece:
            return
        position += len(piece)
        yield piece
