"""A sheet's XML, some rows of it, as blocks of cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np

from functions.worker.parse.arrow import Array
from functions.worker.parse.batches import BATCH_ROWS
from functions.worker.parse.cells import Row
from functions.worker.parse.xlsx.blocks import MOST_ROWS, MOST_TEXT, Block
from functions.worker.parse.xlsx.book import Book
from functions.worker.parse.xlsx.caps import Spent, refuse_dense_text
from functions.worker.parse.xlsx.cellkinds import Meaning, Source, meaning_of
from functions.worker.parse.xlsx.noting import notes_on
from functions.worker.parse.xlsx.pieces import pieces_of
from functions.worker.parse.xlsx.tokens import Tokens, tokenise
from functions.worker.parse.xlsx.values import pieces_in, shared_indices


def read_blocks(xml: bytes, book: Book, first: int, start: int, spent: Spent) -> list[Block]:
    """Return the rows from position `start` on; `first` is the first one's, if it does not say so.

    Mostly one block. Raises Foreign, Damaged, Unrecoverable for more cells than can be read.
    """
    tokens = _last_of_each(tokenise(xml, first))
    meaning = meaning_of(tokens.attributes, book.styles)
    text = _text_bytes(tokens, meaning, book)
    spent.add(cells=len(tokens.row), text=text)
    parts = _halved(tokens, meaning, book, text)
    return [
        _block(part, meaning, book, text, start)
        for part, text in parts
        if len(part.rows) and part.rows.max() >= start
    ]


def blocks_of_rows(rows: Iterable[Row], start: int, spent: Spent) -> Iterator[Block]:
    """Return rows that a parser has read, those from position `start` on; ends as `read_blocks`."""
    kept: list[Row] = []
    text = whole = 0
    for position, cells in rows:
        kept.append((position, cells))
        length = sum(len(cell) for cell in cells if isinstance(cell, str))
        text, whole = text + length, whole + length
        refuse_dense_text(whole)
        if len(kept) >= BATCH_ROWS or text >= MOST_TEXT:
            yield from _block_of_rows(kept, text, start, spent)
            kept, text = [], 0
    yield from _block_of_rows(kept, text, start, spent)


def _block_of_rows(rows: list[Row], text: int, start: int, spent: Spent) -> Iterator[Block]:
    wanted = [(position, cells) for position, cells in rows if position >= start]
    if not wanted:
        return
    cells = [
        (index, column, cell)
        for index, (_, cells) in enumerate(wanted)
        for column, cell in enumerate(cells)
        if cell is not None
    ]
    spent.add(cells=len(cells), text=text)
    positions = np.array([position for position, _ in wanted], np.int64)
    yield Block(positions, pieces_of(cells), text)


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


def _halved(
    tokens: Tokens, meaning: Meaning, book: Book, text: int
) -> Iterator[tuple[Tokens, int]]:
    """Halve what holds too many rows or too much text; yield the parts, and the text of each."""
    rows = len(tokens.rows)
    if rows <= 1 or (text <= MOST_TEXT and rows <= MOST_ROWS):
        yield tokens, text
        return
    for half in (_part(tokens, 0, rows // 2), _part(tokens, rows // 2, rows)):
        yield from _halved(half, meaning, book, _text_bytes(half, meaning, book))


def _part(tokens: Tokens, first: int, end: int) -> Tokens:
    """Return what stands in these of the rows."""
    rows = tokens.rows[first:end]
    part = _only(tokens, (tokens.row >= first) & (tokens.row < end))
    uncached = np.isin(tokens.uncached[0], rows)
    return replace(
        part,
        rows=rows,
        row=part.row - first,
        hidden=tokens.hidden[np.isin(tokens.hidden, rows)],
        uncached=(tokens.uncached[0][uncached], tokens.uncached[1][uncached]),
    )


def _block(tokens: Tokens, meaning: Meaning, book: Book, text: int, start: int) -> Block:
    wanted = _from(tokens, start)
    pieces = [piece for piece in pieces_in(wanted, meaning, book) if len(piece.row)]
    return Block(tokens.rows, pieces, text, notes_on(wanted, meaning, book.styles, start))


def _text_bytes(tokens: Tokens, meaning: Meaning, book: Book) -> int:
    shared = np.flatnonzero(meaning.source[tokens.code] == Source.SHARED)
    if not len(shared):
        return 0
    return int(book.lengths[shared_indices(tokens, shared, book)].sum())
