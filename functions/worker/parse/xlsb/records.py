"""The records of a file: a number for what it is, and its bytes."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator

from functions.worker.parse.xlsx.caps import refuse_long_item
from functions.worker.parse.xlsx.damage import Damaged

Record = tuple[int, bytes]

_SIZE_BYTES = 4
_MORE, _BITS = 0x80, 7


def records(pieces: Iterable[bytes]) -> Iterator[Record]:
    """Yield the records; raises Damaged where the file is cut off."""
    rest = b""
    for piece in pieces:
        data, position = rest + piece, 0
        while (found := _record(data, position)) is not None:
            kind, start, position = found
            yield kind, data[start:position]
        rest = data[position:]
        refuse_long_item(len(rest))
    if rest:
        raise Damaged("The file ends in the middle of a record.")


def wide(data: bytes, at: int = 0) -> tuple[str, int]:
    """Return a text and where it ends; an absent one is empty."""
    (length,) = struct.unpack_from("<I", data, at)
    if length == 0xFFFFFFFF:  # noqa: PLR2004 - how an absent text is written
        return "", at + 4
    end = at + 4 + 2 * length
    if end > len(data):
        raise Damaged("A text ends behind its record.")
    return data[at + 4 : end].decode("utf-16-le", "replace"), end


def _record(data: bytes, at: int) -> tuple[int, int, int] | None:
    """Return kind, start and end of the record there; None when it is not all there."""
    kind, after = _variable(data, at, 2)
    size, start = _variable(data, after, _SIZE_BYTES) if after else (0, 0)
    if not start or start + size > len(data):
        if start:
            refuse_long_item(size)
        return None
    return kind, start, start + size


def _variable(data: bytes, at: int, most: int) -> tuple[int, int]:
    """Return a number in up to `most` bytes of seven bits, and where it ends: 0 for nowhere."""
    value = 0
    for place in range(most):
        if at + place >= len(data):
            return 0, 0
        byte = data[at + place]
        value |= (byte & ~_MORE) << (_BITS * place) if place else byte & ~_MORE
        if not byte & _MORE:
            return value, at + place + 1
    return value, at + most
