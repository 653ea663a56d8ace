"""The cells of a block of XML, found by whole arrays: where each one's text is, and what it is.

Only XML as spreadsheet programs write it is understood: `<c r="B5" s="1" t="s"><v>7</v></c>`, with
or without the attributes. All else is Foreign, and then a parser has to read the block.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import numpy as np

from functions.worker.parse.arrow import Array, pa, pc
from functions.worker.parse.xlsx.slicing import Foreign

_LT, _GT, _QUOTE, _SLASH, _BLANK = b'<>"/ '
_DIGITS: Final = b"0123456789"
_PRESERVED: Final = b' xml:space="preserve"'
_HIDDEN = re.compile(rb"""<row\b[^>]*?\shidden=["'](?:1|true)["']""")


@dataclass(frozen=True, slots=True)
class Tokens:
    """Arrays over the cells that have a text, in the order of the file."""

    xml: bytes
    rows: Array
    """Positions in the sheet of the block's rows."""
    row: Array
    """Of each cell, an index into `rows`."""
    column: Array
    start: Array
    end: Array
    """Its text in the XML."""
    code: Array
    """An index into `attributes`."""
    attributes: list[str]
    """As they are written: ` s="1" t="s"`."""
    rich: dict[int, bytes]
    """The XML of cells whose text is in several pieces, by their index."""
    hidden: Array
    """Positions of the rows that are hidden."""
    uncached: tuple[Array, Array]
    """Of the formulas that have no value: positions of their rows, and columns."""


def tokenise(xml: bytes, first: int) -> Tokens:
    """Find the cells of a block; raises Foreign.

    `first` is the position of the first row, should it not say itself.
    """
    return _Tokeniser(xml, first).tokens()


class _Tokeniser:
    def __init__(self, xml: bytes, first: int) -> None:
        self._xml = xml
        self._first = first
        self._bytes = _bytes_of(xml)
        self._tags = _where(self._bytes == _LT)
        if not len(self._tags) or self._tags[-1] + 2 >= len(self._bytes):
            raise Foreign
        self._one = self._bytes[self._tags + 1]
        self._two = self._bytes[self._tags + 2]
        if ((self._one == ord("!")) | (self._one == ord("?"))).any():
            raise Foreign

    def tokens(self) -> Tokens:
        cells = self._named("c")
        row_tags = _where((self._one == ord("r")) & (self._two == ord("o")))
        rows, digits = self._rows(self._tags[row_tags])
        row = _owners(row_tags, cells)
        if len(row) and row[0] < 0:
            raise Foreign
        column, quote = self._columns(cells, row, digits)
        cell, start, end, pieces = self._values(cells)
        code, attributes = self._attributes(cells[cell], quote[cell])
        return Tokens(
            xml=self._xml,
            rows=rows,
            row=row[cell],
            column=column[cell],
            start=start,
            end=end,
            code=code,
            attributes=attributes,
            rich=self._rich(cells, cell, pieces),
            hidden=rows[self._hidden(row_tags)],
            uncached=self._uncached(cells, cell, rows[row], column),
        )

    def _named(self, name: str) -> Array:
        """Return which tags open an element with this name of one letter."""
        two = self._two
        ends = (two == _GT) | (two == _BLANK) | (two == _SLASH)
        return _where((self._one == ord(name)) & ends)

    def _rows(self, at: Array) -> tuple[Array, Array]:
        """Return the rows' positions, and how many digits their numbers have (0 without one)."""
        if not self._all_are(at, b'<row r="'):
            if self._any_is(at, b" r=", within=b"<row"):
                raise Foreign
            return self._first + np.arange(len(at)), np.zeros(len(at), np.int32)
        number, digits = np.zeros(len(at), np.int64), np.zeros(len(at), np.int32)
        going = np.ones(len(at), np.bool_)
        for place in range(8):
            digit = self._at(at + 8 + place).astype(np.int64) - _DIGITS[0]
            going &= (digit >= 0) & (digit < len(_DIGITS))
            number = np.where(going, number * 10 + digit, number)
            digits += going
        if (self._at(at + 8 + digits) != _QUOTE).any():
            raise Foreign
        return number - 1, digits

    def _columns(self, cells: Array, row: Array, digits: Array) -> tuple[Array, Array]:
        """Return the cells' columns, and where the attribute ends that tells them."""
        at = self._tags[cells]
        if not self._all_are(at, b'<c r="'):
            if self._any_is(at, b" r=", within=b"<c"):
                raise Foreign
            return self._counted(row), at + 1
        one, two, three = (self._at(at + place).astype(np.int32) - 64 for place in (6, 7, 8))
        letters = 1 + (two > 0) + ((two > 0) & (three > 0))
        column = np.where(two > 0, one * 26 + two, one)
        column = np.where(letters == 3, column * 26 + three, column) - 1  # noqa: PLR2004
        quote = at + 6 + letters + digits[row]
        wrong = (one < 1) | (one > 26) | (two > 26) | (three > 26)  # noqa: PLR2004
        if wrong.any() or (self._at(quote) != _QUOTE).any():
            raise Foreign
        return column, quote

    def _counted(self, row: Array) -> Array:
        """Return the columns of cells that follow each other."""
        first = np.searchsorted(row, row)
        return (np.arange(len(row)) - first).astype(np.int32)

    def _values(self, cells: Array) -> tuple[Array, Array, Array, Array]:
        """Return the cells with a text, its start and its end, and all tags of texts' pieces."""
        named = (self._one == ord("v")) | (self._one == ord("t"))
        ends = (self._two == _GT) | (self._two == _BLANK)
        tags = _where(named & ends)
        tags = tags[self._at(self._tags[tags] + 3) != _SLASH]  # <v />
        at = self._tags[tags]
        start = at + 3
        spaced = np.flatnonzero(self._two[tags] == _BLANK)
        if len(spaced):
            if not self._all_are(at[spaced] + 2, _PRESERVED + b">"):
                raise Foreign
            start[spaced] += len(_PRESERVED)
        if len(tags) and (tags[-1] + 1 >= len(self._tags) or self._goes_on(tags)):
            raise Foreign
        end = self._tags[tags + 1]
        cell = _owners(cells, tags)
        if len(cell) and cell[0] < 0:
            raise Foreign
        last = np.append(cell[1:] != cell[:-1], True)[: len(cell)]
        kept = last & (end > start)
        rich = self._pieces(cells)
        kept |= last & np.isin(cell, rich)
        return cell[kept], start[kept], end[kept], rich

    def _goes_on(self, tags: Array) -> bool:
        """Tell whether one of these elements is not closed by the next tag."""
        closed = (self._one[tags + 1] == _SLASH) & (self._two[tags + 1] == self._one[tags])
        return not closed.all()

    def _pieces(self, cells: Array) -> Array:
        """Return the cells whose text has runs or a pronunciation."""
        runs = (self._one == ord("r")) & ((self._two == _GT) | (self._two == _BLANK))
        runs |= (self._one == ord("r")) & (self._two == ord("P"))
        found = _where(runs)
        return np.unique(_owners(cells, found))

    def _rich(self, cells: Array, cell: Array, pieces: Array) -> dict[int, bytes]:
        found = {}
        for index in np.flatnonzero(np.isin(cell, pieces)) if len(pieces) else ():
            start = int(self._tags[cells[cell[index]]])
            end = self._xml.index(b"</c>", start) + 4
            found[int(index)] = self._xml[start:end]
        return found

    def _attributes(self, tags: Array, quote: Array) -> tuple[Array, list[str]]:
        """Return each cell's code, and the attributes that it stands for."""
        end = self._tags[tags + 1] - 1
        if (self._at(end) != _GT).any() or (end < quote).any():
            raise Foreign
        coded = texts_at(self._xml, quote + 1, end).dictionary_encode()
        written = [text.decode() for text in coded.dictionary.to_pylist()]
        return coded.indices.to_numpy(), written

    def _hidden(self, tags: Array) -> list[int]:
        ends = self._tags.take(tags + 1, mode="clip")
        if len(tags) and tags[-1] + 1 == len(self._tags):  # <row/> is the last of all
            ends[-1] = len(self._xml)
        written = texts_at(self._xml, self._tags[tags], ends)
        some = np.flatnonzero(pc.match_substring(written, b" hidden="))
        return [int(n) for n in some if _HIDDEN.match(self._xml, self._tags[tags[n]])]

    def _uncached(
        self, cells: Array, cell: Array, rows: Array, column: Array
    ) -> tuple[Array, Array]:
        owners = np.unique(_owners(cells, self._named("f")))
        without = np.setdiff1d(owners, cell, assume_unique=True)
        return rows[without], column[without]

    def _at(self, places: Array) -> Array:
        """Return the bytes there; beyond the end stands the last one."""
        return self._bytes.take(places, mode="clip")

    def _all_are(self, at: Array, what: bytes) -> bool:
        return all((self._at(at + place) == byte).all() for place, byte in enumerate(what))

    def _any_is(self, at: Array, what: bytes, *, within: bytes) -> bool:
        """Tell whether one of these tags has an attribute, wherever in the tag."""
        ends = self._tags[np.minimum(np.searchsorted(self._tags, at) + 1, len(self._tags) - 1)]
        tags = zip(at.tolist(), ends.tolist(), strict=True)
        return any(what in self._xml[start + len(within) : max(end, start)] for start, end in tags)


def texts_at(xml: bytes, start: Array, end: Array) -> Array:
    """Return the bytes between each start and end as an array of Arrow."""
    if not len(start):
        return pa.array([], pa.binary())
    offsets = np.empty(2 * len(start) + 1, np.int32)
    offsets[0:-1:2] = start
    offsets[1::2] = end
    offsets[-1] = end[-1]
    buffers = [None, pa.py_buffer(offsets), pa.py_buffer(xml)]
    between = pa.Array.from_buffers(pa.binary(), 2 * len(start), buffers)
    return between.take(pa.array(np.arange(0, 2 * len(start), 2, dtype=np.int32)))


def _bytes_of(xml: bytes) -> Array:
    return np.frombuffer(xml, np.uint8)


def _where(mask: Array) -> Array:
    """Return the places that a mask names, in half the memory that numpy takes for them."""
    return np.flatnonzero(mask).astype(np.int32)


def _owners(outer: Array, inner: Array) -> Array:
    """Return in which of the outer tags each inner one is, by order; -1 before the first."""
    return (np.searchsorted(outer, inner) - 1).astype(np.int32)
