"""Rows of a sheet in batches of columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

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


def batches(rows: Iterable[Row], size: int = BATCH_ROWS) -> Iterator[Batch]:
    """Yield `size` filled rows at a time; rows without any value are dropped."""
    kept: list[list[Cell]] = []
    for position, cells in rows:
        if any(cell is not None for cell in cells):
            kept.append(cells)
            last = position
            if len(kept) == size:
                yield _batch(kept, last + 1)
                kept = []
    if kept:
        yield _batch(kept, last + 1)


def _batch(rows: list[list[Cell]], next_position: int) -> Batch:
    used = sorted({column for cells in rows for column in _filled(cells)})
    columns = {
        column: strands_of([cells[column] if column < len(cells) else None for cells in rows])
        for column in used
    }
    return Batch(columns, len(rows), next_position)


def _filled(cells: list[Cell]) -> Iterator[int]:
    return (column for column, cell in enumerate(cells) if cell is not None)
