"""Shared texts in XML that is not as spreadsheet programs write it, read by a parser."""

from __future__ import annotations

from collections.abc import Iterable
from xml.parsers import expat

from functions.worker.parse.arrow import Array, pa
from functions.worker.parse.xlsx.caps import refuse_much_shared_text, room_for_shared_text
from functions.worker.parse.xlsx.damage import Damaged
from functions.worker.parse.xlsx.xmltext import without_escapes


def read_strings_by_parser(pieces: Iterable[bytes]) -> Array:
    """Return the texts in their order; null where one is blank."""
    reader = _Reader()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler = reader.text
    parser.EntityDeclHandler = _refuse
    most = room_for_shared_text()
    for piece in pieces:
        parser.Parse(piece, False)
        refuse_much_shared_text(reader.size, most)
    parser.Parse(b"", True)
    return pa.array(reader.found, pa.string())


class _Reader:
    def __init__(self) -> None:
        self.found: list[str | None] = []
        self.size = 0
        self._inside: list[str] = []
        self._parts: list[str] = []

    def start(self, name: str, _: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        self._inside.append(local)
        if local == "si":
            self._parts = []

    def end(self, _: str) -> None:
        if self._inside.pop() == "si":
            text = without_escapes("".join(self._parts))
            self.found.append(text if text and not text.isspace() else None)

    def text(self, piece: str) -> None:
        if self._inside[-1] == "t" and "rPh" not in self._inside:
            self._parts.append(piece)
            self.size += len(piece)


def _refuse(*_: object) -> None:
    raise Damaged("The shared texts declare entities.")
