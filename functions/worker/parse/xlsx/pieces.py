"""The cells of a block by class, before they are put into columns."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from functions.worker.parse.arrow import Array, pa
from functions.worker.parse.cells import Cell
from functions.worker.parse.strands import TYPES, Strand, strand_of

_TEXTS = (Strand.TEXT, Strand.HUGE)


class Piece(NamedTuple):
    """Cells of one class: numpy's arrays, but the values of texts are Arrow's."""

    strand: Strand
    row: Array
    column: Array
    values: Array


def pieces_of(cells: Iterable[tuple[int, int, Cell]]) -> list[Piece]:
    """Return the pieces of cells that had to be looked at one by one; blanks are left out."""
    by_strand: dict[Strand, list[tuple[int, int, Cell]]] = {}
    for row, column, cell in cells:
        if cell is not None:
            by_strand.setdefault(strand_of(cell), []).append((row, column, cell))
    return [_piece(strand, found) for strand, found in by_strand.items()]


def _piece(strand: Strand, cells: list[tuple[int, int, Cell]]) -> Piece:
    values = [str(cell) if strand is Strand.HUGE else cell for _, _, cell in cells]
    made = pa.array(values, TYPES[strand])
    if strand not in _TEXTS:
        if strand not in (Strand.NUMBER, Strand.BOOLEAN):
            made = made.cast(pa.int64())
        made = made.to_numpy(zero_copy_only=False)
    rows, columns = (np.array([cell[n] for cell in cells]) for n in (0, 1))
    return Piece(strand, rows, columns, made)


def columns_of(pieces: Iterable[Piece], length: int) -> dict[int, dict[Strand, Array]]:
    """Return the strands of each column; a piece's `row` is below `length`."""
    columns: dict[int, dict[Strand, Array]] = {}
    for strand, found in _by_strand(pieces).items():
        order = np.argsort(found.column.astype(np.uint16), kind="stable")
        sorted_columns = found.column[order]
        bounds = np.flatnonzero(np.diff(sorted_columns)) + 1
        for cells in np.split(order, bounds):
            column = int(found.column[cells[0]])
            columns.setdefault(column, {})[strand] = _spread(found, cells, length)
    return columns


def _by_strand(pieces: Iterable[Piece]) -> dict[Strand, Piece]:
    grouped: dict[Strand, list[Piece]] = {}
    for piece in pieces:
        if len(piece.row):
            grouped.setdefault(piece.strand, []).append(piece)
    return {strand: _joined(strand, found) for strand, found in grouped.items()}


def _joined(strand: Strand, pieces: list[Piece]) -> Piece:
    if len(pieces) == 1:
        return pieces[0]
    values = [piece.values for piece in pieces]
    joined = pa.concat_arrays(values) if strand in _TEXTS else np.concatenate(values)
    rows, columns = (np.concatenate([piece[n] for piece in pieces]) for n in (1, 2))
    return Piece(strand, rows, columns, joined)


def _spread(piece: Piece, cells: Array, length: int) -> Array:
    """Return one column's array: the values where their rows are, null elsewhere."""
    rows = piece.row[cells]
    if piece.strand in _TEXTS:
        place = np.full(length, -1, np.int64)
        place[rows] = cells
        return piece.values.take(pa.array(place, mask=place < 0))
    full = np.zeros(length, piece.values.dtype)
    full[rows] = piece.values[cells]
    mask = None
    if len(rows) < length:
        mask = np.ones(length, np.bool_)
        mask[rows] = False
    made = pa.array(full, mask=mask)
    wanted = TYPES[piece.strand]
    return made if made.type == wanted else made.view(wanted)
