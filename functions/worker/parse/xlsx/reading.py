"""A slice of a sheet's XML as batches of columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from functions.worker.parse.arrow import Array
from functions.worker.parse.batches import BATCH_ROWS, Batch
from functions.worker.parse.notes import NO_NOTES
from functions.worker.parse.xlsx.book import Book
from functions.worker.parse.xlsx.caps import Spent
from functions.worker.parse.xlsx.cellkinds import Meaning, Source, meaning_of
from functions.worker.parse.xlsx.noting import notes_on
from functions.worker.parse.xlsx.pieces import columns_of
from functions.worker.parse.xlsx.tokens import Tokens
from functions.worker.parse.xlsx.values import pieces_in, shared_indices

_BATCH_TEXT = 32 << 20
"""Bytes of text; a batch that would have more is cut in two."""


def batches_of(tokens: Tokens, book: Book, start: int, spent: Spent) -> Iterator[Batch]:
    """Yield the rows from position `start` on that have a value; raises Unrecoverable for many."""
    tokens = _last_of_each(_from(tokens, start))
    meaning = meaning_of(tokens.attributes, book.styles)
    notes = notes_on(tokens, meaning, book.styles, start)
    if notes is not NO_NOTES:
        yield Batch({}, (), notes)
    spent.add(cells=len(tokens.row), text=_text_bytes(tokens, meaning, book))
    yield from _cut(tokens, meaning, book)


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


def _cut(tokens: Tokens, meaning: Meaning, book: Book) -> Iterator[Batch]:
    """Halve what holds too many rows or too much text."""
    if not len(tokens.row):
        return
    low, high = int(tokens.row.min()), int(tokens.row.max())
    size = _text_bytes(tokens, meaning, book)
    if low < high and (size > _BATCH_TEXT or high - low >= 4 * BATCH_ROWS):
        first = tokens.row <= (low + high) // 2
        yield from _cut(_only(tokens, first), meaning, book)
        yield from _cut(_only(tokens, ~first), meaning, book)
    elif (batch := _batch(tokens, meaning, book)) is not None:
        yield batch


def _text_bytes(tokens: Tokens, meaning: Meaning, book: Book) -> int:
    shared = np.flatnonzero(meaning.source[tokens.code] == Source.SHARED)
    if not len(shared):
        return 0
    return int(book.lengths[shared_indices(tokens, shared, book)].sum())


def _batch(tokens: Tokens, meaning: Meaning, book: Book) -> Batch | None:
    pieces = [piece for piece in pieces_in(tokens, meaning, book) if len(piece.row)]
    used = np.zeros(len(tokens.rows), np.bool_)
    for piece in pieces:
        used[piece.row] = True
    if not used.any():
        return None
    place = np.cumsum(used) - 1
    length = int(place[-1]) + 1
    columns = columns_of((piece._replace(row=place[piece.row]) for piece in pieces), length)
    return Batch(dict(sorted(columns.items())), tokens.rows[used])
