"""Small sheets, inflated once: a sheet is looked at from end to end before it is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from zipfile import ZipInfo

_MOST_BYTES = 32 << 20
"""Of all that is kept."""


class Kept:
    """Decides by the size that the archive states, and holds each to it: any thread may ask."""

    def __init__(self, members: Iterable[ZipInfo]) -> None:
        room = _MOST_BYTES
        self._small: set[str] = set()
        for member in members:
            if member.file_size <= room:
                room -= member.file_size
                self._small.add(member.filename)
        self._pieces: dict[str, list[bytes]] = {}

    def keep(self, member: ZipInfo, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """Pass a file's pieces on; what has come to its end can be had again."""
        kept: list[bytes] = []
        size = 0
        for piece in pieces:
            size += len(piece)
            if member.filename in self._small and size <= member.file_size:
                kept.append(piece)
            yield piece
        if size == member.file_size and member.filename in self._small:
            self._pieces[member.filename] = kept

    def again(self, member: ZipInfo, most: int) -> Iterator[bytes] | None:
        """Return the pieces, `most` bytes each at the most, None of what is not kept."""
        pieces = self._pieces.get(member.filename)
        return None if pieces is None else smaller(pieces, most)


def smaller(pieces: Iterable[bytes], most: int) -> Iterator[bytes]:
    """Cut pieces into such of `most` bytes at the most."""
    for piece in pieces:
        for start in range(0, len(piece), most):
            yield piece[start : start + most]
