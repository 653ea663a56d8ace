"""Rows of a sheet in batches of columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from functions.worker.parse.cells import Cell, Row
from functions.worker.parse.notes import NO_NOTES, Notes
from functions.worker.parse.strands import Strands, cells_of, strands_of

BATCH_ROWS = 10_000
"""Rows of a batch, of a part and of its row group."""
_BATCH_CELLS = 1 << 18
"""Of rows read one by one: each is an object of Python's, and a stop waits for a few batches."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Some rows turned into columns, by position; columns without a value are left out."""

    columns: dict[int, Strands]
    positions: Sequence[int]
    """Of the rows in the sheet; rows without any value are left out."""
    notes: Notes = NO_NOTES
    """Of these rows, and of those around them that are left out."""
    seen_to: int = 0
    """Position after the last row that was looked at, if rows without a value are noted as well."""

    @property
    def rows(self) -> int:
        """Return how many rows there are."""
        return len(self.positions)

    @property
    def next_position(self) -> int:
        """Return the position in the sheet of the row after the last one; 0 without rows."""
        return int(self.positions[-1]) + 1 if len(self.positions) else 0


ReadSlice = Callable[[], list[Batch]]
"""Reads a part of a sheet that has been cut off; may run in any thread."""

Until = Callable[[], bool]
"""Asked before each slice but the first is begun: from a yes on no other is."""


def never() -> bool:
    """Go on to the end."""
    return False


def slices_of_rows(rows: Iterable[Row], *, until: Until = never) -> Iterator[ReadSlice]:
    """Cut rows that were read one by one; blank ones go, and BATCH_ROWS are the most at a time.

    A row counts up to its last value: how wide it comes depends on what it was read with.
    """
    kept: list[Row] = []
    room = _BATCH_CELLS
    for position, cells in rows:
        if width := max(_filled(cells), default=-1) + 1:
            if len(kept) == BATCH_ROWS or room <= 0:
                yield partial(_batches, kept)
                kept, room = [], _BATCH_CELLS
                if until():
                    return
            kept.append((position, cells))
            room -= width
    if kept:
        yield partial(_batches, kept)


def rows_of(batch: Batch) -> Iterator[Row]:
    """Yield a batch's rows again, as wide as its last column."""
    width = max(batch.columns, default=-1) + 1
    blank: list[Cell] = [None] * batch.rows
    columns = [
        cells_of(batch.columns[column], batch.rows) if column in batch.columns else blank
        for column in range(width)
    ]
    for position, cells in zip(batch.positions, zip(*columns, strict=True), strict=True):
        yield int(position), list(cells)


def _batches(rows: list[Row]) -> list[Batch]:
    used = sorted({column for _, cells in rows for column in _filled(cells)})
    columns = {
        column: strands_of([cells[column] if column < len(cells) else None for _, cells in rows])
        for column in used
    }
    return [Batch(columns, [position for position, _ in rows])]


def _filled(cells: list[Cell]) -> Iterator[int]:
    return (column for column, cell in enumerate(cells) if cell is not None)
