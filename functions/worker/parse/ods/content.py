"""The rows of content.xml, as a parser comes by them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.parsers import expat

from functions.worker.parse.cells import Cell
from functions.worker.parse.ods.values import cell_of
from functions.worker.parse.workbook import Merge
from functions.worker.parse.xlsx.caps import refuse_long_item, refuse_many_cells
from functions.worker.parse.xlsx.damage import Damaged
from shared.clean.excel import MAX_COLUMNS

_CELLS = ("table-cell", "covered-table-cell")
_ASIDE = ("annotation", "ruby-text", "tracked-changes", "shapes")
"""Elements whose text is not the cell's."""


class Stretch(NamedTuple):
    """A row that stands in the file once, and how many times it stands in the sheet."""

    table: int
    position: int
    cells: list[Cell]
    repeated: int
    hidden: bool


@dataclass(slots=True)
class Table:
    """A sheet, as far as it has been read."""

    name: str
    visible: bool
    rows: int = 0
    cells: int = 0
    merges: list[Merge] = field(default_factory=list)


def read_content(
    pieces: Iterable[bytes], tables: list[Table], *, only: str | None = None
) -> Iterator[Stretch]:
    """Yield the rows with a value, and fill `tables` on the way; `only` those of one, if named.

    Raises expat.ExpatError for broken XML, Unrecoverable for more cells than can be read.
    """
    reader = _Reader(tables, only)
    for piece in pieces:
        yield from reader.feed(piece)
    yield from reader.feed(b"", final=True)


class _Reader:
    def __init__(self, tables: list[Table], only: str | None) -> None:
        self._tables = tables
        self._only = only
        self._done: list[Stretch] = []
        self._styles = _Styles()
        self._depth = 0
        self._aside = 0
        self._row: list[Cell] = []
        self._row_attributes: dict[str, str] = {}
        self._column = 0
        self._cell: dict[str, str] | None = None
        self._texts: list[str] = []
        self._size = 0
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._parser.EntityDeclHandler = _refuse

    def feed(self, piece: bytes, *, final: bool = False) -> list[Stretch]:
        self._parser.Parse(piece, final)
        done, self._done = self._done, []
        return done

    def _start(self, name: str, found: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        if self._aside or local in _ASIDE:
            self._aside += 1
            return
        attributes = {_local(key): value for key, value in found.items()}
        if local == "table":
            self._start_table(attributes)
        elif not self._depth:
            self._styles.look_at(local, attributes)
        elif self._depth == 1:  # a table in a table is part of a drawing
            self._start_inside(local, attributes)

    def _start_inside(self, local: str, attributes: dict[str, str]) -> None:
        if local == "table-row":
            self._row, self._column, self._row_attributes = [], 0, attributes
        elif local == "table-column":
            self._styles.add_column(attributes)
        elif local in _CELLS:
            self._start_cell(attributes, covered=local != "table-cell")
        elif self._cell is not None:
            self._start_text(local, attributes)

    def _end(self, name: str) -> None:
        if self._aside:
            self._aside -= 1
            return
        local = name.rpartition(" ")[2]
        if local == "table":
            self._depth -= 1
        elif self._depth > 1:
            return
        elif local in _CELLS:
            self._end_cell()
        elif local == "table-row":
            self._end_row()

    def _text(self, text: str) -> None:
        if self._cell is not None and not self._aside and self._depth == 1:
            self._texts.append(text)
            self._size += len(text)
            refuse_long_item(self._size)

    def _start_table(self, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth == 1:
            visible = attributes.get("style-name", "") not in self._styles.hidden
            self._tables.append(Table(attributes.get("name", ""), visible))
            self._styles.begin_table()

    def _start_cell(self, attributes: dict[str, str], *, covered: bool) -> None:
        self._cell, self._texts, self._size = attributes, [], 0
        columns = int(attributes.get("number-columns-spanned", 1))
        rows = int(attributes.get("number-rows-spanned", 1))
        if not covered and (columns > 1 or rows > 1):
            table = self._tables[-1]
            bottom, right = table.rows + rows - 1, self._column + columns - 1
            table.merges.append(Merge(table.rows, self._column, bottom, right))

    def _start_text(self, local: str, attributes: dict[str, str]) -> None:
        if local == "p" and self._texts:
            self._texts.append("\n")
        elif local == "s":
            self._text(" " * min(int(attributes.get("c", 1)), MAX_COLUMNS))
        elif local in ("tab", "line-break"):
            self._text("\t" if local == "tab" else "\n")

    def _end_cell(self) -> None:
        attributes = self._cell or {}
        repeated = int(attributes.get("number-columns-repeated", 1))
        lasting = self._styles.lasts(attributes, self._row_attributes, self._column)
        cell = cell_of(attributes, "".join(self._texts), lasting=lasting)
        if cell is not None:
            refuse_many_cells(0 if self._column + repeated <= MAX_COLUMNS else 1 << 40)
            self._row.extend([None] * (self._column - len(self._row)))
            self._row.extend([cell] * repeated)
        self._column += repeated
        self._cell = None

    def _end_row(self) -> None:
        table = self._tables[-1]
        repeated = int(self._row_attributes.get("number-rows-repeated", 1))
        filled = sum(cell is not None for cell in self._row)
        table.cells += filled * repeated
        refuse_many_cells(table.cells)
        number = len(self._tables) - 1
        if filled and self._only in (None, table.name):
            hidden = self._row_attributes.get("visibility", "visible") != "visible"
            self._done.append(Stretch(number, table.rows, self._row, repeated, hidden))
        table.rows += repeated


class _Styles:
    """Which styles show a duration, and which hide a table."""

    def __init__(self) -> None:
        self.hidden: set[str] = set()
        self._current = ""
        self._lasting: set[str] = set()
        self._data: dict[str, str] = {}
        self._columns: list[tuple[int, str]] = []
        self._end = 0

    def look_at(self, local: str, attributes: dict[str, str]) -> None:
        if local == "style":
            self._current = attributes.get("name", "")
            self._data[self._current] = attributes.get("data-style-name", "")
        elif local == "table-properties" and attributes.get("display") == "false":
            self.hidden.add(self._current)
        elif local == "time-style" and attributes.get("truncate-on-overflow") == "false":
            self._lasting.add(attributes.get("name", ""))

    def begin_table(self) -> None:
        self._columns, self._end = [], 0

    def add_column(self, attributes: dict[str, str]) -> None:
        self._end += int(attributes.get("number-columns-repeated", 1))
        self._columns.append((self._end, attributes.get("default-cell-style-name", "")))

    def lasts(self, cell: dict[str, str], row: dict[str, str], column: int) -> bool:
        if not self._lasting or cell.get("value-type") != "time":
            return False
        style = cell.get("style-name") or row.get("default-cell-style-name")
        style = style or next((name for end, name in self._columns if column < end), "")
        return self._data.get(style) in self._lasting


def _local(name: str) -> str:
    """Drop the namespace; LibreOffice has a `value-type` of its own, which tells of errors."""
    space, _, local = name.rpartition(" ")
    return f"calc-{local}" if space.endswith("calcext:1.0") else local


def _refuse(*_: object) -> None:
    raise Damaged("The workbook declares entities.")
