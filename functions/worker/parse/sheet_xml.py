"""The rows of one worksheet's XML, streamed.

Whole arrays read what spreadsheet programs write; this reads a sheet's head, and whatever else is
XML. openpyxl's own reader drops cells when the sheet's stated dimension is too small, raises on
numbers such as NaN and keeps every row element in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from xml.parsers import expat

from functions.worker.parse.cells import Cell, Row
from functions.worker.parse.sheet_scan import column_of

ToCell = Callable[[str, str, int], Cell]
"""Turns a cell's type attribute, its text and its style number into its value."""


def read_rows(
    chunks: Iterable[bytes], to_cell: ToCell, *, start: int = 0, first: int = 0
) -> Iterator[Row]:
    """Yield the written rows from position `start` on; raises expat.ExpatError on broken XML.

    `first` is the position of the first row, should it not say itself.
    """
    reader = _Reader(to_cell, start, first)
    for chunk in chunks:
        yield from reader.feed(chunk)
    yield from reader.feed(b"", final=True)


class _Reader:
    """Collects the rows that one chunk of XML completes."""

    def __init__(self, to_cell: ToCell, start: int, first: int) -> None:
        self._to_cell = to_cell
        self._start = start
        self._done: list[Row] = []
        self._row, self._cells = first - 1, list[Cell]()
        self._column, self._type, self._style = -1, "n", 0
        self._text: list[str] = []
        self._value = ""
        self._phonetic = False
        self._unnumbered = False
        self._columns: dict[str, int] = {}
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._find_prefix
        self._parser.EntityDeclHandler = _refuse_entity

    def feed(self, chunk: bytes, *, final: bool = False) -> list[Row]:
        self._parser.Parse(chunk, final)
        done, self._done = self._done, []
        return done

    def _find_prefix(self, root: str, _: dict[str, str]) -> None:
        """Some writers put every element into a prefix, which the root element shows."""
        prefix = root.removesuffix("worksheet")
        if prefix == root:
            self._parser.StartElementHandler = None
            return
        self._parser.StartElementHandler = self._start_handler(prefix)
        self._parser.EndElementHandler = self._end_handler(prefix)
        self._parser.CharacterDataHandler = self._text.append

    def _start_handler(self, prefix: str) -> Callable[[str, dict[str, str]], None]:
        cell, value, text = f"{prefix}c", f"{prefix}v", f"{prefix}t"
        row, phonetic = f"{prefix}row", f"{prefix}rPh"

        def start(name: str, attributes: dict[str, str]) -> None:
            if name == cell:
                self._start_cell(attributes)
            elif name in (value, text):
                self._text.clear()
            elif name == row:
                self._start_row(attributes.get("r"))
            elif name == phonetic:
                self._phonetic = True

        return start

    def _end_handler(self, prefix: str) -> Callable[[str], None]:
        cell, value, text = f"{prefix}c", f"{prefix}v", f"{prefix}t"
        row, phonetic = f"{prefix}row", f"{prefix}rPh"

        def end(name: str) -> None:
            if name == value:
                self._value = "".join(self._text)
            elif name == cell:
                self._end_cell()
            elif name == text:
                if not self._phonetic:
                    self._value += "".join(self._text)
            elif name == row:
                self._end_row()
            elif name == phonetic:
                self._phonetic = False

        return end

    def _start_row(self, number: str | None) -> None:
        self._row = int(float(number)) - 1 if number else self._row + 1
        self._unnumbered = not number
        self._cells = []
        self._column = -1

    def _start_cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        if reference is None:
            self._column += 1
        else:
            letters = reference.rstrip("0123456789")
            if self._unnumbered:
                self._row = int(reference[len(letters) :]) - 1
                self._unnumbered = False
            column = self._columns.get(letters)
            if column is None:
                column = self._columns[letters] = column_of(letters)
            self._column = column
        self._type = attributes.get("t", "n")
        self._style = int(attributes.get("s", 0))
        self._value = ""

    def _end_cell(self) -> None:
        if not self._value or self._row < self._start:
            return
        missing = self._column - len(self._cells)
        if missing > 0:
            self._cells.extend([None] * missing)
        cell = self._to_cell(self._type, self._value, self._style)
        if missing >= 0:
            self._cells.append(cell)
        else:
            self._cells[self._column] = cell

    def _end_row(self) -> None:
        if self._row >= self._start:
            self._done.append((self._row, self._cells))


def _refuse_entity(*_: object) -> None:
    raise expat.ExpatError("a worksheet declares no entities")
