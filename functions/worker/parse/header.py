"""Where the table begins: its header rows under the title rows, and its columns' labels."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from functions.worker.parse.cells import Cell, Row, as_text
from functions.worker.parse.looks import Looks
from functions.worker.parse.workbook import Merge

HEAD_ROWS = 60
"""So many rows are looked at; the header must be among the first half of them."""


@dataclass(frozen=True, slots=True)
class Header:
    """The header found: row positions from 0 and the label of each labelled column."""

    rows: tuple[int, ...]
    """Empty when the table has no header."""
    labels: dict[int, str]
    data_start: int


def find_header(head: Sequence[Row], merges: Iterable[Merge] = ()) -> Header:
    """Find the header in a sheet's first rows; blank rows may be left out of `head`."""
    rows = [(position, cells) for position, cells in head if any(c is not None for c in cells)]
    looks = Looks(rows)
    if not rows:
        return Header((), {}, 0)
    found = looks.header_row()
    if found is None and _has_sparse_header(rows, looks):
        found = looks.first_wide() - 1
    if found is None:
        return Header((), {}, rows[looks.first_wide()][0])
    block = _block(rows, found, looks, tuple(merges))
    positions = tuple(rows[index][0] for index in block)
    labels = _labels([rows[index] for index in block], tuple(merges))
    return Header(positions, labels, positions[-1] + 1)


def given_header(head: Sequence[Row], rows: Sequence[int], merges: Iterable[Merge] = ()) -> Header:
    """Take the rows at these positions as the header, whatever they look like."""
    found = dict(head)
    if not rows:
        filled = (position for position, cells in head if any(c is not None for c in cells))
        return Header((), {}, next(filled, 0))
    block = [(position, found.get(position, [])) for position in rows]
    return Header(tuple(rows), _labels(block, tuple(merges)), rows[-1] + 1)


def _has_sparse_header(rows: Sequence[Row], looks: Looks) -> bool:
    """Tell whether the data follow a row of labels of which half or more are blank."""
    above = looks.first_wide() - 1
    adjacent = above >= 0 and rows[above][0] + 1 == rows[above + 1][0]
    return adjacent and looks.filled(above) > 1 and looks.all_text(above)


def _block(rows: Sequence[Row], found: int, looks: Looks, merges: Sequence[Merge]) -> range:
    """Widen the header row found to the group row above it and the detail rows below it."""
    first = last = found
    while first > 0 and _is_group_row(rows, first - 1, looks, merges):
        first -= 1
    while last + 1 < len(rows) and (
        _is_below_merge(rows, last, looks, merges) or looks.goes_on(last)
    ):
        last += 1
    return range(first, last + 1)


def _is_group_row(rows: Sequence[Row], index: int, looks: Looks, merges: Sequence[Merge]) -> bool:
    position, below = rows[index][0], rows[index + 1][0]
    if below != position + 1 or not looks.all_text(index):
        return False
    own = [merge for merge in merges if merge.top == position]
    partial = any(merge.right - merge.left + 1 < looks.width for merge in own)
    if own and looks.filled(index) == 1:
        # A title is merged from the first column on, a group stands over later columns.
        return partial and looks.first_filled(index) > looks.first_filled(index + 1)
    if own:
        return partial
    return looks.filled(index) > 1 and not looks.is_note(index) and looks.is_above_labels(index)


def _is_below_merge(rows: Sequence[Row], last: int, looks: Looks, merges: Sequence[Merge]) -> bool:
    """Tell whether a merged range of the last header row makes the next row header as well."""
    position = rows[last][0]
    if rows[last + 1][0] != position + 1:
        return False
    if any(merge.top <= position < merge.bottom for merge in merges):
        return True
    groups = [merge for merge in merges if merge.top == position and merge.right > merge.left]
    return looks.all_text(last + 1) and any(
        looks.is_distinct(last + 1, range(merge.left, merge.right + 1)) for merge in groups
    )


def _labels(block: Sequence[Row], merges: Sequence[Merge]) -> dict[int, str]:
    width = max(len(cells) for _, cells in block)
    grid = [_padded(cells, width) for _, cells in block]
    for level, (position, _) in enumerate(block):
        own = [merge for merge in merges if merge.top <= position <= merge.bottom]
        wide = [merge for merge in own if merge.right > merge.left and merge.top == position]
        if wide:
            _spread_merged(grid[level], wide)
        elif level + 1 < len(block):
            _spread_groups(grid[level], grid[level + 1])
    joined = {column: _join(row[column] for row in grid) for column in range(width)}
    return {column: label for column, label in joined.items() if label}


def _spread_merged(row: list[Cell], wide: Iterable[Merge]) -> None:
    for merge in wide:
        for column in range(merge.left + 1, min(merge.right + 1, len(row))):
            row[column] = row[merge.left]


def _spread_groups(row: list[Cell], below: Sequence[Cell]) -> None:
    """Carry a label right over blanks, from one that has a label below it: it names a group."""
    group: Cell = None
    for column, cell in enumerate(row):
        if cell is not None:
            group = cell if below[column] is not None else None
        elif below[column] is not None:
            row[column] = group


def _join(parts: Iterable[Cell]) -> str:
    kept: list[str] = []
    for part in parts:
        # Names go into the database, which cannot hold NUL.
        text = " ".join(as_text(part).replace("\0", "").split())
        if text and text not in kept[-1:]:
            kept.append(text)
    return " / ".join(kept)


def _padded(cells: Sequence[Cell], width: int) -> list[Cell]:
    return [*cells, *[None] * (width - len(cells))]
