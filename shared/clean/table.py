"""The rows of a table of clean data as plain values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from shared.clean.column import ODD

if TYPE_CHECKING:
    import pyarrow as pa

Convert = Callable[[Any], Any]


def columns_as_lists(
    table: pa.Table, columns: Sequence[int], convert: Convert | None = None
) -> list[list[Any]]:
    """Return the columns at these positions of the manifest, odd cells as their original text.

    `table` holds them in that order, then ODD if there are odd cells. None is a blank.
    """
    lists = [table.column(index).to_pylist() for index in range(len(columns))]
    if ODD in table.column_names:
        _restore(lists, {column: index for index, column in enumerate(columns)}, table.column(ODD))
    if convert is None:
        return lists
    return [[None if cell is None else convert(cell) for cell in cells] for cells in lists]


def _restore(lists: list[list[Any]], index_of: dict[int, int], odd: pa.ChunkedArray[Any]) -> None:
    for row, cells in enumerate(odd.to_pylist()):
        for cell in cells or ():
            index = index_of.get(cell["column"])
            if index is not None:
                lists[index][row] = cell["text"]
