"""A sheet's cells in blocks: small ones are read side by side, and then make one batch together.

Arrays of a block stay in the processor's cache; a batch's columns cost as much for a few rows as
for many.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from functions.worker.parse.arrow import Array
from functions.worker.parse.batches import BATCH_ROWS, Batch
from functions.worker.parse.notes import NO_NOTES, Notes
from functions.worker.parse.xlsx.pieces import Piece, columns_of

MOST_ROWS = 4 * BATCH_ROWS
MOST_TEXT = 32 << 20
"""Bytes of a batch's texts, each counted as often as it stands in a cell."""


@dataclass(frozen=True, slots=True)
class Block:
    """Whole rows of a sheet: neither more of them nor more text than a batch may have."""

    rows: Array
    """Their positions in the sheet."""
    pieces: Sequence[Piece]
    """A piece's `row` is an index into `rows`."""
    text: int
    """Bytes of the cells' texts."""
    notes: Notes = NO_NOTES


def together(blocks: Iterable[Block]) -> Iterator[list[Block]]:
    """Put blocks that follow each other into one list, as many as a batch may hold."""
    group: list[Block] = []
    for block in blocks:
        if group and not _fits([*group, block]):
            yield group
            group = []
        group.append(block)
    if group:
        yield group


def batches_of(blocks: Sequence[Block]) -> list[Batch]:
    """Return what the blocks hold: their notes, then their rows, none where no value is."""
    found = [Batch({}, (), block.notes) for block in blocks if block.notes is not NO_NOTES]
    rows: Array = np.concatenate([block.rows for block in blocks])
    pieces = list(_shifted(blocks))
    used = np.zeros(len(rows), np.bool_)
    for piece in pieces:
        used[piece.row] = True
    place = np.cumsum(used) - 1
    columns = columns_of(
        (piece._replace(row=place[piece.row]) for piece in pieces), int(used.sum())
    )
    seen_to = int(rows[-1]) + 1 if len(rows) else 0
    return [*found, Batch(dict(sorted(columns.items())), rows[used], seen_to=seen_to)]


def _fits(blocks: Sequence[Block]) -> bool:
    rows = sum(len(block.rows) for block in blocks)
    return rows <= MOST_ROWS and sum(block.text for block in blocks) <= MOST_TEXT


def _shifted(blocks: Sequence[Block]) -> Iterator[Piece]:
    first = 0
    for block in blocks:
        for piece in block.pieces:
            yield piece._replace(row=piece.row + first)
        first += len(block.rows)
