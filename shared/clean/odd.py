"""The odd cells of a table of clean data, column by column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.clean.column import ODD
from shared.clean.compute import Cells, cells_of, compute

if TYPE_CHECKING:
    import pyarrow as pa


def odd_texts(table: pa.Table, position: int) -> Cells | None:
    """Return, per row, the original text of an odd cell of the column at `position`, else null.

    None when the table has no odd cell in that column.
    """

    pc = compute()

    if ODD not in table.column_names:
        return None
    lists = cells_of(table, table.column_names.index(ODD))
    cells = pc.list_flatten(lists)
    mine = pc.equal(cells.field("column"), position)
    if not pc.any(mine).as_py():
        return None
    rows = pc.list_parent_indices(lists)
    return pc.scatter(
        cells.field("text").filter(mine), rows.filter(mine), max_index=table.num_rows - 1
    )
