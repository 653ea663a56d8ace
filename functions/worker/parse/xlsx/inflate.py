"""The files inside a zip archive, inflated piece by piece."""

from __future__ import annotations

import os
from collections.abc import Iterator
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from isal import isal_zlib

from functions.worker.parse.xlsx.caps import refuse_packed
from functions.worker.parse.xlsx.damage import Damaged
from shared.content.signatures import ZIP

PIECE = 1 << 20
"""Bytes of one piece at the most: however well it was packed, no more is in memory."""
_READ = 1 << 17
_HEADER = 30


def inflate(archive: ZipFile, member: ZipInfo) -> Iterator[bytes]:
    """Yield what a member holds, always cut at the same places.

    Raises Damaged where it is cut off or its checksum is wrong, Unrecoverable for a bomb.
    """
    refuse_packed(member.file_size, member.compress_size)
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
    packed = _packed(_descriptor(archive), member)
    engine = isal_zlib.decompressobj(-isal_zlib.MAX_WBITS)
    checksum = size = 0
    while not engine.eof:
        fed = engine.unconsumed_tail or next(packed, b"")
        piece = engine.decompress(fed, PIECE)
        if not piece and not fed:
            raise Damaged(f"{member.filename} is cut off.")
        checksum = isal_zlib.crc32(piece, checksum)
        size += len(piece)
        refuse_packed(size, member.compress_size)
        yield piece
    if checksum != member.CRC:
        raise Damaged(f"The checksum of {member.filename} is wrong.")


def _descriptor(archive: ZipFile) -> int:
    assert archive.fp is not None  # noqa: S101 - it is open
    return archive.fp.fileno()


def _packed(file: int, member: ZipInfo) -> Iterator[bytes]:
    """Yield the packed bytes, without moving in the file: several threads may read."""
    header = os.pread(file, _HEADER, member.header_offset)
    if not header.startswith(ZIP):
        raise Damaged(f"{member.filename} is not where the archive says.")
    names = int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
    position, end = member.header_offset + _HEADER + names, member.compress_size
    end += position
    while position < end:
        piece = os.pread(file, min(_READ, end - position), position)
        if not piece:
            return
        position += len(piece)
        yield piece
