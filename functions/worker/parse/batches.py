"""Rows of a sheet in batches of columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from functions.worker.parse.cells import Cell, Row
from functions.worker.parse.strands import Strands, strands_of

BATCH_ROWS = 10_000
"""Rows of a batch, of a part and of its row group."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Some rows turned into columns, by position; columns without a value are left out."""

    columns: dict[int, Strands]
    rows: int
    next_position: int
    """Position in the sheet of the row after the last one of this batch."""


ReadSlice = Callable[[], list[Batch]]
"""Reads a part of a sheet that has been cut off; may run in any thread. Empty for blank rows."""


def slices_of_rows(rows: Iterable[Row], size: int = BATCH_ROWS) -> Iterator[ReadSlice]:
    """Cut rows that were read one by one: `size` filled ones at a time, blank ones are dropped."""
    kept: list[list[Cell]] = []
    for position, cells in rows:
        if any(cell is not None for cell in cells):
            kept.append(cells)
            last = position
            if len(kept) == size:
                yield partial(_batches, kept, last + 1)
                kept = []
    if kept:
        yield partial(_batches, kept, last + 1)


def _batches(rows: list[list[Cell]], next_position: int) -> list[Batch]:
    used = sorted({column for cells in rows for column in _filled(cells)})
    columns = {
        column: strands_of([cells[column] if column < len(cells) else None for cells in rows])
        for column in used
    }
    return [Batch(columns, len(rows), next_position)]


def _filled(cells: list[Cell]) -> Iterator[int]:
    return (column for column, cell in enumerate(cells) if cell is not None)
