"""Small XML files by their local names: writers differ in namespaces and prefixes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.parsers import expat

from functions.worker.parse.xlsx.damage import Damaged

Attributes = dict[str, str]

MOST_BYTES = 64 << 20


def elements(pieces: Iterable[bytes]) -> Iterator[tuple[str, Attributes]]:
    """Yield each element's name and attributes in the order of the file, both without prefix.

    An attribute that has one in its own right, such as r:id, keeps its local name after a colon:
    `:id`.
    """
    found: list[tuple[str, Attributes]] = []

    def start(name: str, attributes: Attributes) -> None:
        found.append((name.rpartition(":")[2], {_local(key): v for key, v in attributes.items()}))

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.EntityDeclHandler = _refuse
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > MOST_BYTES:
            raise Damaged("A file that describes the workbook is far too large.")
        parser.Parse(piece, False)
        yield from found
        found.clear()
    parser.Parse(b"", True)


def _local(name: str) -> str:
    prefix, colon, local = name.rpartition(":")
    return f":{local}" if prefix and prefix != "xml" else f"{prefix}{colon}{local}"


def _refuse(*_: object) -> None:
    raise Damaged("The workbook declares entities.")
