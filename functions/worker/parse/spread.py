"""Rows in which a merged range's value stands in all of its cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from functions.worker.parse.cells import Cell, Row
from functions.worker.parse.workbook import Merge, Workbook


def spread_rows(workbook: Workbook, sheet: str, *, first: int, start: int) -> Iterator[Row]:
    """Yield the rows from position `start` on; ranges that begin above `first` are left alone.

    A row that has no value of its own gets none: it stays blank.
    """
    merges = next(each.merges for each in workbook.sheets() if each.name == sheet)
    waiting = sorted((m for m in merges if m.top >= first and m.bottom >= start), key=_top)
    begin = min([start, *(merge.top for merge in waiting)])
    for position, cells in _spread(workbook.rows(sheet, start=begin), waiting):
        if position >= start:
            yield position, cells


def _spread(rows: Iterator[Row], waiting: Sequence[Merge]) -> Iterator[Row]:
    opened: list[tuple[Merge, Cell]] = []
    number = 0
    for position, cells in rows:
        while number < len(waiting) and waiting[number].top <= position:
            merge = waiting[number]
            number += 1
            if merge.top == position and merge.left < len(cells):
                opened.append((merge, cells[merge.left]))
        opened = [each for each in opened if each[0].bottom >= position]
        has_own = any(cell is not None for cell in cells)
        yield position, _filled(cells, opened) if opened and has_own else cells


def _filled(cells: Sequence[Cell], opened: Sequence[tuple[Merge, Cell]]) -> list[Cell]:
    width = max(len(cells), *(merge.right + 1 for merge, _ in opened))
    filled = [*cells, *[None] * (width - len(cells))]
    for merge, value in opened:
        filled[merge.left : merge.right + 1] = [value] * (merge.right + 1 - merge.left)
    return filled


def _top(merge: Merge) -> tuple[int, int]:
    return merge.top, merge.left
