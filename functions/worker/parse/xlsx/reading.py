"""A sheet's XML, some rows of it, as blocks of cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np

from functions.worker.parse.arrow import Array
from functions.worker.parse.cells import Row
from functions.worker.parse.xlsx.blocks import MOST_ROWS, MOST_TEXT, Block
from functions.worker.parse.xlsx.book import Book
from functions.worker.parse.xlsx.caps import Spent
from functions.worker.parse.xlsx.cellkinds import Meaning, Source, meaning_of
from functions.worker.parse.xlsx.noting import notes_on
from functions.worker.parse.xlsx.pieces import pieces_of
from functions.worker.parse.xlsx.tokens import Tokens, tokenise
from functions.worker.parse.xlsx.values import pieces_in, shared_indices


def read_blocks(xml: bytes, book: Book, first: int, start: int, spent: Spent) -> list[Block]:
    """Return the rows from position `start` on; `first` is the first one's, if it does not say so.

    Mostly one block. Raises Foreign, Damaged, Unrecoverable for more cells than can be read.
    """
    tokens = _last_of_each(_from(tokenise(xml, first), start))
    meaning = meaning_of(tokens.attributes, book.styles)
    text = _text_bytes(tokens, meaning, book)
    spent.add(cells=len(tokens.row), text=text)
    notes = notes_on(tokens, meaning, book.styles, start)
    blocks = list(_cut(tokens, meaning, book, text))
    return [replace(blocks[0], xml=len(xml), notes=notes), *blocks[1:]]


def block_of_rows(rows: Iterable[Row], size: int) -> Block:
    """Return rows that a parser has read from so many bytes of XML."""
    found = list(rows)
    cells = (
        (index, column, cell)
        for index, (_, cells) in enumerate(found)
        for column, cell in enumerate(cells)
    )
    positions = np.array([position for position, _ in found], np.int64)
    return Block(positions, pieces_of(cells), size, size)


def _from(tokens: Tokens, start: int) -> Tokens:
    if not len(tokens.rows) or tokens.rows.min() >= start:
        return tokens
    return _only(tokens, tokens.rows[tokens.row] >= start)


def _last_of_each(tokens: Tokens) -> Tokens:
    """Leave one cell of those that stand at the same place."""
    key = tokens.row.astype(np.int64) * (1 << 16) + tokens.column
    if (key[1:] > key[:-1]).all():
        return tokens
    _, last = np.unique(key[::-1], return_index=True)
    return _only(tokens, np.sort(len(key) - 1 - last))


def _only(tokens: Tokens, kept: Array) -> Tokens:
    """Return these cells, by a mask or by their indices in order."""
    indices = np.flatnonzero(kept) if kept.dtype == np.bool_ else kept
    place = {int(index): place for place, index in enumerate(indices)} if tokens.rich else {}
    return replace(
        tokens,
        **{name: getattr(tokens, name)[indices] for name in ("row", "column", "start", "end")},
        code=tokens.code[indices],
        rich={place[index]: xml for index, xml in tokens.rich.items() if index in place},
    )


def _cut(tokens: Tokens, meaning: Meaning, book: Book, text: int) -> Iterator[Block]:
    """Halve what holds too many rows or too much text."""
    low, high = (int(tokens.row.min()), int(tokens.row.max())) if len(tokens.row) else (0, 0)
    if low < high and (text > MOST_TEXT or high - low >= MOST_ROWS):
        first = tokens.row <= (low + high) // 2
        for half in (_only(tokens, first), _only(tokens, ~first)):
            yield from _cut(half, meaning, book, _text_bytes(half, meaning, book))
        return
    pieces = (piece for piece in pieces_in(tokens, meaning, book) if len(piece.row))
    shifted = [piece._replace(row=piece.row - low) for piece in pieces]
    yield Block(tokens.rows[low : high + 1], shifted, 0, text)


def _text_bytes(tokens: Tokens, meaning: Meaning, book: Book) -> int:
    shared = np.flatnonzero(meaning.source[tokens.code] == Source.SHARED)
    if not len(shared):
        return 0
    return int(book.lengths[shared_indices(tokens, shared, book)].sum())
